import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/index.ts';
import { decodeClientMessage, decodeServerMessage, ProtocolFault, type ServerMessage } from './index.ts';
import { refusalOf } from './test-refusal.ts';

const TOKEN = 'T'.repeat(22);
const CHAT = { t: 'chat', id: 'i'.repeat(22), text: 'Hello' };
const COMMENT = { t: 'comment', id: 'i'.repeat(22), thread: 't'.repeat(22) };
const HELLO = { t: 'hello', v: 1, token: TOKEN, client: 'c'.repeat(22) };

describe('messages of a client', () => {
  it.each([
    HELLO,
    {
      ...HELLO,
      person: 'p',
      rev: 3,
      epoch: 'e',
      name: 'Ann',
      color: 12,
      password: 'x',
      create: { owner: 'O'.repeat(22), view: 'V'.repeat(22) },
    },
    { ...HELLO, token: 'standup-notes' },
    { t: 'op', seq: 1, rev: 0, op: [3, 'a\u{1f600}', -2] },
    {
      t: 'cursor',
      rev: 0,
      ranges: [
        [0, 0],
        [5, 2],
      ],
    },
    { t: 'me', name: 'Ann', color: 1 },
    { t: 'room', title: 'Plans' },
    { t: 'room', language: '' },
    { t: 'ping', at: 1.25 },
    { t: 'mismatch', rev: 2, hash: '0123abcd' },
    { t: 'chat', id: 'i'.repeat(22), text: 'a\n\nb' },
    { t: 'chat', id: 'i'.repeat(22), text: 'x'.repeat(4_000), quote: { rev: 3, from: 0, to: 1 } },
    { ...COMMENT, act: { kind: 'open', rev: 0, from: 2, to: 9, text: 'Why?' } },
    { ...COMMENT, act: { kind: 'reply', text: 'So.' } },
    { ...COMMENT, act: { kind: 'change', text: 'So!' } },
    { ...COMMENT, act: { kind: 'resolve' } },
    { ...COMMENT, act: { kind: 'reopen' } },
    { ...COMMENT, act: { kind: 'delete' } },
  ])('accepts %j as it is', (message) => {
    expect(decodeClientMessage(JSON.stringify(message))).toEqual(message);
  });

  it('leaves out fields that it does not know', () => {
    expect(decodeClientMessage('{"t":"ping","at":1,"more":{"__proto__":1}}')).toEqual({ t: 'ping', at: 1 });
  });

  it.each([
    ['', 'bad-json', 4400],
    ['null', 'bad-json', 4400],
    ['"op"', 'bad-json', 4400],
    ['{}', 'bad-type', 4400],
    ['{"t":"__proto__"}', 'bad-type', 4400],
    [JSON.stringify({ ...HELLO, v: 2 }), 'wrong-version', 4406],
    [JSON.stringify({ ...HELLO, token: 'a b' }), 'bad-token', 4404],
    [JSON.stringify({ ...HELLO, token: 'name-of-22-characters-' }), 'bad-token', 4404],
    [JSON.stringify({ ...HELLO, token: 7 }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, client: 'short' }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, rev: 1 }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, name: 'a'.repeat(41) }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, name: 'a\nb' }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, color: 13 }), 'bad-field', 4400],
    [JSON.stringify({ ...HELLO, create: { owner: TOKEN, view: 'V'.repeat(22) } }), 'bad-field', 4400],
    ['{"t":"op","seq":0,"rev":0,"op":["a"]}', 'bad-field', 4400],
    ['{"t":"op","seq":1,"rev":0,"op":[1.5,"a"]}', 'bad-op', 4400],
    ['{"t":"op","seq":1,"rev":0,"op":{"0":"a"}}', 'bad-op', 4400],
    ['{"t":"cursor","rev":0,"ranges":[[1]]}', 'bad-field', 4400],
    ['{"t":"cursor","rev":0,"ranges":[[-1,0]]}', 'bad-field', 4400],
    [`{"t":"cursor","rev":0,"ranges":${JSON.stringify(Array(65).fill([0, 0]))}}`, 'bad-field', 4400],
    ['{"t":"me","name":"\\ud83d","color":1}', 'bad-field', 4400],
    ['{"t":"room","title":5}', 'bad-field', 4400],
    ['{"t":"ping"}', 'bad-field', 4400],
    ['{"t":"mismatch","rev":1,"hash":"xyz"}', 'bad-field', 4400],
    [JSON.stringify({ ...CHAT, id: 'short' }), 'bad-field', 4400],
    [JSON.stringify({ ...CHAT, text: '' }), 'bad-field', 4400],
    [JSON.stringify({ ...CHAT, text: 'x'.repeat(4_001) }), 'bad-field', 4400],
    [JSON.stringify({ ...CHAT, quote: null }), 'bad-field', 4400],
    [JSON.stringify({ ...CHAT, quote: { rev: 1, from: 2, to: 2 } }), 'bad-field', 4400],
    [JSON.stringify({ ...COMMENT, thread: 7, act: { kind: 'resolve' } }), 'bad-field', 4400],
    [JSON.stringify({ ...COMMENT, act: { kind: 'shout' } }), 'bad-field', 4400],
    [JSON.stringify({ ...COMMENT, act: 'resolve' }), 'bad-field', 4400],
    [JSON.stringify({ ...COMMENT, act: { kind: 'reply' } }), 'bad-field', 4400],
    [JSON.stringify({ ...COMMENT, act: { kind: 'open', text: 'a', rev: 0, from: 1.5, to: 2 } }), 'bad-field', 4400],
  ])('[P7] refuses %s by name', (frame, code, close) => {
    const refused = refusalOf(() => decodeClientMessage(frame));
    expect([refused.code, refused.close]).toEqual([code, close]);
    expect(refused.message).toMatch(/^[A-Z"].*\.$/);
  });

  it('[P7] answers any mangled message with a message or a named refusal, never otherwise', () => {
    const seed = 20261123;
    const random = seededRandom(seed);
    const samples = [
      HELLO,
      { t: 'op', seq: 1, rev: 0, op: [3, 'abc', -2] },
      { t: 'cursor', rev: 0, ranges: [[1, 2]] },
      CHAT,
    ];
    let refused = 0;
    for (let round = 0; round < 20_000; round++) {
      const frame = JSON.stringify(random.pick(samples)).split('');
      for (let edits = random.int(4); edits >= 0; edits--) {
        frame.splice(random.int(frame.length), random.int(3), String.fromCharCode(32 + random.int(95)));
      }
      try {
        decodeClientMessage(frame.join(''));
      } catch (error) {
        if (!(error instanceof ProtocolFault))
          throw new Error(`seed ${seed}, round ${round}: ${frame.join('')}`, { cause: error });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10_000);
  });
});

it('cleans what a client says, and hears that it said something', () => {
  const said = (text: string) => decodeClientMessage(JSON.stringify({ ...CHAT, text }));
  expect(said(' a\u202e \r\n\n\n\n  b\u0000 ')).toMatchObject({ text: 'a\n\nb' });
  expect(said(' \n\u200b')).toMatchObject({ text: '\ufffd' });
});

describe('messages of the server', () => {
  const person = { author: 1, person: 'p', name: 'Ann', color: 1, role: 'edit', kind: 'ot' } as const;
  const limits = { message: 1, document: 2, opsPerSecond: 3, bytesPerSecond: 4, catchUp: 5 };
  const welcome = {
    t: 'welcome',
    session: 's',
    epoch: 'e',
    rev: 2,
    role: 'view',
    you: 1,
    title: '',
    language: 'Markdown',
    limits,
    last: null,
  } as const;
  const anchor = { from: 1, to: 2, text: 'a', gone: null };
  const comment = { id: 'i', author: 1, name: 'Ann', color: 1, at: 5, text: 'Hi' };
  const message = { ...comment, n: 1, quote: anchor };
  const all: ServerMessage[] = [
    welcome,
    { ...welcome, last: { seq: 1, rev: 2 }, text: 'a', chat: 7, threads: 2 },
    {
      t: 'ops',
      rev: 1,
      ops: [
        [1, 1, ['a']],
        [2, 1, []],
      ],
    },
    { t: 'ack', seq: 1, rev: 0 },
    { t: 'cursor', rev: 0, author: 1, ranges: [[0, 1]] },
    { t: 'people', join: [person], leave: [2] },
    { t: 'room', title: 'a' },
    { t: 'role', role: 'view' },
    { t: 'store', ok: false, message: 'm' },
    { t: 'store', ok: true },
    { t: 'pong', at: 1 },
    { t: 'hash', rev: 1, hash: '00000000' },
    { t: 'error', code: 'bad-op', message: 'm', seq: 1, retryMs: 5 },
    { t: 'error', code: 'too-fast', message: 'm', id: 'i', retryMs: 5 },
    { t: 'chat', rev: 3, message },
    { t: 'thread', rev: 3, thread: { id: 't', anchor, resolved: null, comments: [comment] } },
    { t: 'drain', minMs: 0, maxMs: 1 },
    { t: 'resync', why: 'w' },
  ];

  it.each(all)('accepts $t as it is', (message) => {
    expect(decodeServerMessage(JSON.stringify(message))).toEqual(message);
  });

  it('ignores a type that it does not know', () => {
    expect(decodeServerMessage('{"t":"weather"}')).toBeNull();
  });

  it.each([
    '{"t":"ops","rev":1,"ops":[[1,1]]}',
    '{"t":"ops","rev":0,"ops":[]}',
    '{"t":"welcome"}',
    '{"t":"people","join":[{}],"leave":[]}',
  ])('refuses %s', (frame) => {
    expect(refusalOf(() => decodeServerMessage(frame)).close).toBe(4400);
  });
});
