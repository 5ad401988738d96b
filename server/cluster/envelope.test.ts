import { describe, expect, it } from 'vitest';
import type { Person } from '../../lib/protocol/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { Entry } from '../storage/storage.ts';
import { decodeRoomMessage, encodeRoomMessage, hereMessages, type RoomMessage } from './envelope.ts';

function entry(rev: number, rest: Partial<Entry> = {}): Entry {
  return { rev, author: 1, seq: rev, at: 1_700_000_000_000, op: [rev, 'a'], ...rest };
}

function someone(author: number, rest: Partial<Person> = {}): Person {
  return { author, person: 'p', name: 'Ada', color: 3, role: 'edit', kind: 'ot', ...rest };
}

const samples: RoomMessage[] = [
  { k: 'log', rev: 7 },
  { k: 'log', rev: 7, entries: [] },
  { k: 'log', rev: 7, entries: [entry(5), entry(6, { op: ['\0é漢😀\n', -2] }), entry(7)] },
  { k: 'log', rev: 1, entries: [entry(1, { op: [], yjs: Uint8Array.of(0, 255, 10, 128) })] },
  { k: 'meta' },
  { k: 'links' },
  { k: 'notes', news: { chat: 7 } },
  { k: 'notes', news: { thread: 't'.repeat(22) } },
  { k: 'here', people: [] },
  { k: 'here', people: [someone(1), someone(9, { kind: 'yjs', role: 'view', name: '', person: '' })] },
  { k: 'here', people: [someone(5)], from: 2, to: 8 },
  { k: 'here', people: [], bye: true },
  { k: 'caret', rev: 0, author: 2, ranges: [] },
  {
    k: 'caret',
    rev: 3,
    author: 2,
    ranges: [
      [0, 4],
      [9, 9],
    ],
  },
  { k: 'came', author: 2, at: 1_700_000_000_000.5 },
];

describe('messages of a room', () => {
  it.each(samples)('come out as they went in: $k', (message) => {
    expect(decodeRoomMessage(encodeRoomMessage(message))).toEqual(message);
  });

  it('go without entries that are too long for a hint', () => {
    const limit = DEFAULT_SERVER_LIMITS.busEntries;
    const without = { k: 'log', rev: 2 };
    const big = (units: number, letter = 'a'): string =>
      encodeRoomMessage({ k: 'log', rev: 2, entries: [entry(1), entry(2, { op: [letter.repeat(units)] })] });
    expect(decodeRoomMessage(big(limit - 200))).toMatchObject({ entries: [{ rev: 1 }, { rev: 2 }] });
    expect(JSON.parse(big(limit + 1))).toEqual(without);
    // Units that take more bytes than they are many.
    expect(JSON.parse(big(limit - 200, '漢'))).toEqual(without);
    expect(JSON.parse(big(limit - 200, '\n'))).toEqual(without);
    const many = Array.from({ length: 5_000 }, (_, index) => entry(index + 1));
    expect(JSON.parse(encodeRoomMessage({ k: 'log', rev: 5_000, entries: many }))).toEqual({ k: 'log', rev: 5_000 });
    const bytes = entry(2, { yjs: new Uint8Array(limit) });
    expect(JSON.parse(encodeRoomMessage({ k: 'log', rev: 2, entries: [bytes] }))).toEqual(without);
  });

  it.each([
    '',
    'x',
    'null',
    '[]',
    '7',
    '{}',
    '{"k":"other"}',
    '{"k":"log"}',
    '{"k":"log","rev":0}',
    '{"k":"log","rev":1.5}',
    '{"k":"log","rev":"1"}',
    '{"k":"log","rev":1,"entries":{}}',
    '{"k":"log","rev":1,"entries":[[1,1,1]]}',
    '{"k":"log","rev":1,"entries":[[0,1,1,["a"]]]}',
    '{"k":"log","rev":1,"entries":[[1,-1,1,["a"]]]}',
    '{"k":"log","rev":1,"entries":[[1,1,null,["a"]]]}',
    '{"k":"log","rev":1,"entries":[[1,1,1,["a",""]]]}',
    '{"k":"log","rev":1,"entries":[[1,1,1,["a",4]]]}',
    '{"k":"log","rev":1,"entries":[[1,1,1,["a"],"no base64!"]]}',
    '{"k":"log","rev":1,"entries":[[1,1,1,["a"],7]]}',
    '{"k":"log","rev":1,"entries":[[1,1,1,["a"],"AA==",1]]}',
    // More entries than there can be.
    '{"k":"log","rev":1,"entries":[[1,1,1,["a"]],[1,2,1,["b"]]]}',
    '{"k":"here"}',
    '{"k":"here","people":[{}]}',
    '{"k":"here","people":[],"bye":false}',
    '{"k":"here","people":[],"from":-1}',
    JSON.stringify({ k: 'here', people: [someone(0)] }),
    JSON.stringify({ k: 'here', people: [someone(1, { name: 'x'.repeat(41) })] }),
    JSON.stringify({ k: 'here', people: [someone(1, { person: 'x'.repeat(65) })] }),
    JSON.stringify({ k: 'here', people: [someone(1, { color: 13 })] }),
    JSON.stringify({ k: 'here', people: [{ ...someone(1), role: 'god' }] }),
    JSON.stringify({ k: 'here', people: Array.from({ length: 401 }, (_, index) => someone(index + 1)) }),
    '{"k":"caret","rev":1,"author":1,"ranges":[[1]]}',
    '{"k":"caret","rev":1,"author":1,"ranges":[[1,-1]]}',
    JSON.stringify({ k: 'caret', rev: 1, author: 1, ranges: Array.from({ length: 65 }, () => [0, 0]) }),
    '{"k":"came","author":1}',
  ])('[P7] are refused without a word: %s', (message) => {
    expect(decodeRoomMessage(message)).toBeNull();
  });

  it('[P7] may be anything, and never throw', () => {
    const random = seededRandom(1);
    const texts = samples.map(encodeRoomMessage);
    for (let round = 0; round < 2_000; round++) {
      const text = random.pick(texts);
      const at = random.int(text.length);
      const changed = text.slice(0, at) + random.pick(['', '"', '}', '[', '-1', 'null', '\0', '1e999', '\ud800']);
      const message = changed + text.slice(at + random.int(3));
      expect(() => decodeRoomMessage(message)).not.toThrow();
    }
  });

  it('lose fields that they do not have', () => {
    expect(decodeRoomMessage('{"k":"meta","text":"secret"}')).toEqual({ k: 'meta' });
  });
});

describe('who is here', () => {
  it('is one message for ordinary rooms, and for an empty one', () => {
    expect(hereMessages([])).toEqual([{ k: 'here', people: [] }]);
    expect(hereMessages([someone(4), someone(2)])).toEqual([{ k: 'here', people: [someone(2), someone(4)] }]);
  });

  it('is as many as it takes, which leave no number out', () => {
    const people = [9, 3, 30, 12, 5, 31, 8].map((author) => someone(author));
    const messages = hereMessages(people, 3);
    expect(messages.map(({ from, to }) => [from, to])).toEqual([
      [undefined, 8],
      [9, 30],
      [31, undefined],
    ]);
    expect(messages.map((part) => part.people.map(({ author }) => author))).toEqual([[3, 5, 8], [9, 12, 30], [31]]);
    expect(hereMessages(people.slice(0, 6), 3)).toHaveLength(2);
  });

  it('[P9] fits into a message, whatever people are called', () => {
    const worst = { name: '漢'.repeat(40), person: '\u0001'.repeat(64) };
    const people = Array.from({ length: DEFAULT_SERVER_LIMITS.busPeople }, (_, index) =>
      someone(Number.MAX_SAFE_INTEGER - index, worst),
    );
    const [message, ...more] = hereMessages(people).map(encodeRoomMessage);
    expect(more).toEqual([]);
    expect(Buffer.byteLength(message ?? '')).toBeLessThan(DEFAULT_SERVER_LIMITS.busMessage);
    expect(decodeRoomMessage(message ?? '')).not.toBeNull();
  });
});
