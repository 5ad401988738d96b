import { expect, it } from 'vitest';
import { FrameLog } from './frame-log.ts';
import { readFrame } from './read-frame.ts';

const nameOf = (author: number): string => ['', 'Ann', 'Jonas'][author] ?? '?';
const read = (message: object) => readFrame(JSON.stringify(message), 1, nameOf);

it('reads what a frame is about', () => {
  expect(read({ t: 'op', seq: 89, rev: 7, op: [413, ' r'] })).toMatchObject({
    kind: 'op',
    rev: 7,
    content: '[413," r"] seq 89',
    asks: 'op 89',
  });
  expect(
    read({
      t: 'ops',
      rev: 8,
      ops: [
        [1, 89, ['a']],
        [2, 4, [96, -4, 'both']],
      ],
    }),
  ).toMatchObject({
    content: 'ack of seq 89 · Jonas [96,-4,"both"]',
    answers: ['op 89'],
  });
  expect(read({ t: 'cursor', rev: 8, author: 2, ranges: [[204, 240]] }).content).toBe('Jonas [[204,240]]');
  expect(readFrame('no json', 1, nameOf)).toMatchObject({ kind: '?', rev: null });
});

it('shows no key and no whole text', () => {
  const secret = 'x'.repeat(22);
  const hello = read({ t: 'hello', v: 1, token: secret, client: secret, password: secret, create: { owner: secret } });
  expect(hello.content).not.toContain(secret);
  const welcome = read({ t: 'welcome', rev: 3, session: 's', text: 'The text.', limits: {} });
  expect(welcome.content).not.toContain('The text.');
  expect(welcome.content).toContain('9 characters');
});

it('pairs answers with what they answer', () => {
  const log = new FrameLog();
  const add = (message: object, now: number, out: boolean) => log.add(read(message), { at: 0, now, out, bytes: 1 });
  expect(log.roundTripP95()).toBeNull();
  add({ t: 'op', seq: 1, rev: 1, op: ['a'] }, 10, true);
  add({ t: 'ping', at: 5 }, 20, true);
  add({ t: 'ops', rev: 2, ops: [[2, 1, ['b']]] }, 21, false);
  add({ t: 'ops', rev: 3, ops: [[1, 1, ['a']]] }, 25, false);
  add({ t: 'pong', at: 5 }, 60, false);
  expect(log.all().map(({ roundTrip }) => roundTrip)).toEqual([null, null, null, 15, 40]);
  expect(log.roundTripP95()).toBe(40);
});

it('keeps no more than its bound, the newest ones', () => {
  const log = new FrameLog();
  for (let n = 0; n < 2_100; n += 1) log.add(read({ t: 'ping', at: n }), { at: n, now: n, out: true, bytes: 1 });
  expect(log.all()).toHaveLength(2_000);
  expect(log.all().at(-1)?.at).toBe(2_099);
});
