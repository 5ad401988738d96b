import { describe, expect, it } from 'vitest';
import { decodeCompactOps, decodeServerMessage, encodeCompactOp, type ServerMessage } from '../lib/protocol/index.ts';
import { ManualClock } from '../lib/testing/index.ts';
import { AddressBudgets } from './address-budgets.ts';
import type { Caller } from './caller.ts';
import { createCounters } from './counters.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createLog } from './log.ts';
import { Rooms } from './rooms.ts';
import { Session, type Wire } from './session.ts';
import { stranger } from './testing/callers.ts';
import { createMemoryStorage } from './storage/memory.ts';

const CREATE = { owner: 'O'.repeat(22), view: 'V'.repeat(22) };
const TOKEN = 'T'.repeat(22);

class FakeWire implements Wire {
  readonly heard: ServerMessage[] = [];
  buffered = 0;
  code: number | null = null;

  /** Binary frames among them. */
  binary = 0;

  sendBinary(frame: Buffer): void {
    this.binary++;
    this.heard.push(decodeCompactOps(frame));
  }

  send(frame: Buffer): void {
    const message = decodeServerMessage(frame.toString());
    if (message) this.heard.push(message);
  }

  close(code: number): void {
    this.code = code;
  }

  pause(): void {}
  resume(): void {}

  of<T extends ServerMessage['t']>(t: T): (ServerMessage & { t: T })[] {
    return this.heard.filter((message): message is ServerMessage & { t: T } => message.t === t);
  }
}

function scene(more: Partial<ServerLimits> = {}) {
  const clock = new ManualClock();
  const limits = { ...DEFAULT_SERVER_LIMITS, ...more };
  const counters = createCounters();
  const budgets = new AddressBudgets(clock, limits);
  const log = createLog('silent');
  const rooms = new Rooms({ storage: createMemoryStorage(), clock, log, limits });
  function connect(
    address = '203.0.113.7',
    known: Partial<Caller> = {},
    isCompact = false,
  ): {
    wire: FakeWire;
    session: Session;
    say: (message: unknown) => Promise<void>;
  } {
    const wire = new FakeWire();
    const session = new Session(
      wire,
      { rooms, clock, log, limits, counters },
      stranger(budgets.of(address), { address, ...known }),
      isCompact,
    );
    const say = async (message: unknown): Promise<void> => {
      session.receive(JSON.stringify(message));
      await settle();
    };
    return { wire, session, say };
  }
  return { clock, rooms, connect, counters };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function hello(client: string, more: object = {}): object {
  return { t: 'hello', v: 1, token: TOKEN, client: client.repeat(22), create: CREATE, ...more };
}

describe('a session', () => {
  it('greets, edits, and is acknowledged by its own entry', async () => {
    const { connect } = scene();
    const ann = connect();
    await ann.say(hello('a', { name: 'Ann', color: 3 }));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['hi'] });
    expect(ann.wire.of('welcome')).toMatchObject([{ rev: 0, you: 1, role: 'edit', text: '' }]);
    expect(ann.wire.of('people')[0]?.join).toMatchObject([{ author: 1, name: 'Ann', color: 3, kind: 'ot' }]);
    expect(ann.wire.of('ops')).toEqual([{ t: 'ops', rev: 1, ops: [[1, 1, ['hi']]] }]);
  });

  it('tells entries in binary whoever chose that, and takes edits of theirs in either form', async () => {
    const { connect, counters } = scene();
    const ann = connect(undefined, {}, true);
    const bob = connect();
    await ann.say(hello('a'));
    await bob.say(hello('b'));
    ann.session.receiveBinary(Buffer.from(encodeCompactOp({ t: 'op', seq: 1, rev: 0, op: ['h\u{1f600}'] })));
    await settle();
    await bob.say({ t: 'op', seq: 1, rev: 1, op: [3, '!'] });
    await ann.say({ t: 'op', seq: 2, rev: 2, op: [-1] });
    expect(ann.wire.of('ops')).toEqual([
      { t: 'ops', rev: 1, ops: [[1, 1, ['h\u{1f600}']]] },
      { t: 'ops', rev: 2, ops: [[2, 1, [3, '!']]] },
      { t: 'ops', rev: 3, ops: [[1, 2, [-1]]] },
    ]);
    expect(bob.wire.of('ops')).toEqual(ann.wire.of('ops'));
    expect([ann.wire.binary, bob.wire.binary]).toEqual([3, 0]);
    expect([counters.messagesIn.op, counters.messagesOut.ops]).toEqual([3, 6]);
  });

  it.each([
    ['what is no CBOR', [0xff], 'bad-cbor'],
    ['another array', [0x80], 'bad-field'],
    ['an op that is none', [0x83, 1, 0, 0x80], 'bad-op'],
    ['an edit before hello', null, 'hello-expected'],
  ])('[P7] closes on %s in binary', async (_, bytes, word) => {
    const { connect } = scene();
    const bob = connect(undefined, {}, true);
    if (bytes) await bob.say(hello('b'));
    const edit = encodeCompactOp({ t: 'op', seq: 1, rev: 0, op: ['a'] });
    bob.session.receiveBinary(Buffer.from(bytes ?? edit));
    await settle();
    expect([bob.wire.code, bob.wire.of('error')[0]?.code]).toEqual([4400, word]);
  });

  it('[P3] answers an edit that is settled with an ack, once', async () => {
    const { connect } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['hi'] });
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['hi'] });
    expect(ann.wire.of('ack')).toEqual([{ t: 'ack', seq: 1, rev: 1 }]);
    expect(ann.wire.of('ops')).toHaveLength(1);
  });

  it('[P10] lets a view link read and not write, and tells it no other link', async () => {
    const { connect } = scene();
    const ann = connect();
    const reader = connect();
    await ann.say(hello('a'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['hi'] });
    await reader.say({ ...hello('r'), token: CREATE.view, create: undefined });
    expect(reader.wire.of('welcome')).toMatchObject([{ role: 'view', text: 'hi' }]);
    expect(JSON.stringify(reader.wire.heard)).not.toMatch(new RegExp(`${TOKEN}|${CREATE.owner}`));
    await reader.say({ t: 'op', seq: 1, rev: 1, op: ['x'] });
    expect([reader.wire.code, reader.wire.of('error')[0]?.code]).toEqual([4403, 'read-only']);
    await ann.say({ t: 'op', seq: 2, rev: 1, op: [2, '!'] });
    expect(ann.wire.of('ops')).toHaveLength(2);
  });

  it('[P10] refuses a random token that nobody made, and lets a name be made', async () => {
    const { connect } = scene();
    const lost = connect();
    await lost.say({ ...hello('l'), create: undefined });
    expect([lost.wire.code, lost.wire.of('error')[0]?.code]).toEqual([4404, 'no-such-room']);
    const named = connect();
    await named.say({ ...hello('n'), token: 'standup-notes', create: undefined });
    expect(named.wire.of('welcome')).toMatchObject([{ role: 'edit', rev: 0 }]);
  });

  it.each([
    ['no JSON', '{', 4400, 'bad-json'],
    ['a list', '[]', 4400, 'bad-json'],
    ['an unknown type', '{"t":"dance"}', 4400, 'bad-type'],
    ['a second hello', JSON.stringify(hello('a')), 4400, 'hello-twice'],
    ['a field that is missing', '{"t":"op","seq":1,"rev":0}', 4400, 'bad-op'],
    ['a field of another type', '{"t":"op","seq":"1","rev":0,"op":["a"]}', 4400, 'bad-field'],
    ['a negative number', '{"t":"op","seq":1,"rev":-1,"op":["a"]}', 4400, 'bad-field'],
    ['a fraction', '{"t":"op","seq":1.5,"rev":0,"op":["a"]}', 4400, 'bad-field'],
    ['2^53', '{"t":"op","seq":1,"rev":9007199254740992,"op":["a"]}', 4400, 'bad-field'],
    ['a revision in the future', '{"t":"op","seq":1,"rev":7,"op":["a"]}', 4400, 'bad-rev'],
    ['an op beyond the text', '{"t":"op","seq":1,"rev":0,"op":[9,"a"]}', 4400, 'bad-op'],
    ['an op that is not canonical', '{"t":"op","seq":1,"rev":0,"op":["a","b"]}', 4400, 'bad-op'],
    ['an empty op', '{"t":"op","seq":1,"rev":0,"op":[]}', 4400, 'bad-op'],
    ['half a surrogate pair', '{"t":"op","seq":1,"rev":0,"op":["\\ud83d"]}', 4400, 'bad-op'],
    ['a carriage return', '{"t":"op","seq":1,"rev":0,"op":["a\\r"]}', 4400, 'bad-op'],
    ['a seq that jumps', '{"t":"op","seq":2,"rev":0,"op":["a"]}', 4400, 'bad-seq'],
    ['a caret in the future', '{"t":"cursor","rev":9,"ranges":[]}', 4400, 'bad-rev'],
  ])('[P7] closes on %s, and nobody else notices', async (_, frame, code, word) => {
    const { connect } = scene();
    const ann = connect();
    const bob = connect();
    await ann.say(hello('a'));
    await bob.say(hello('b'));
    bob.session.receive(frame);
    await settle();
    expect([bob.wire.code, bob.wire.of('error')[0]?.code]).toEqual([code, word]);
    expect(bob.wire.of('error')[0]?.message).toMatch(/\.$/);
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['still here'] });
    expect(ann.wire.of('ops')).toHaveLength(1);
    expect(ann.wire.code).toBeNull();
  });

  it('closes when the first message is no hello, is binary, speaks another version or has a malformed token', async () => {
    const { connect } = scene();
    for (const [message, code] of [
      [{ t: 'ping', at: 1 }, 4400],
      [{ ...hello('a'), v: 2 }, 4406],
      [{ ...hello('a'), token: '../etc' }, 4404],
    ] as const) {
      const one = connect();
      await one.say(message);
      expect(one.wire.code).toBe(code);
    }
    const binary = connect();
    binary.session.receiveBinary(Buffer.from(encodeCompactOp({ t: 'op', seq: 1, rev: 0, op: ['a'] })));
    expect([binary.wire.code, binary.wire.of('error')[0]?.code]).toEqual([4400, 'bad-frame']);
  });

  it('closes when no hello comes in time, and not when it came', async () => {
    const { connect, clock } = scene();
    const silent = connect();
    const ann = connect();
    await ann.say(hello('a'));
    clock.advance(DEFAULT_SERVER_LIMITS.helloTimeoutMs);
    expect(silent.wire.code).toBe(4408);
    expect(ann.wire.code).toBeNull();
  });

  it('[P9] leaves out carets for a slow reader, and closes one that reads nothing', async () => {
    const { connect, clock } = scene();
    const ann = connect();
    const slow = connect();
    await ann.say(hello('a'));
    await slow.say(hello('s'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['text'] });
    slow.wire.buffered = DEFAULT_SERVER_LIMITS.slowNoCursors + 1;
    await ann.say({ t: 'cursor', rev: 1, ranges: [[1, 1]] });
    clock.advance(1_000);
    expect(slow.wire.of('cursor')).toEqual([]);
    slow.wire.buffered = DEFAULT_SERVER_LIMITS.slowClose + 1;
    await ann.say({ t: 'op', seq: 2, rev: 1, op: ['x'] });
    await ann.say({ t: 'me', name: 'Ann', color: 2 });
    clock.advance(1_000);
    expect(slow.wire.code).toBe(4508);
    expect(ann.wire.of('ops')).toHaveLength(2);
  });

  it('answers a ping with its own time', async () => {
    const { connect } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    await ann.say({ t: 'ping', at: 12.5 });
    expect(ann.wire.of('pong')).toEqual([{ t: 'pong', at: 12.5 }]);
  });

  it('tells everybody a new name, title and language', async () => {
    const { connect, clock } = scene();
    const ann = connect();
    const bob = connect();
    await ann.say(hello('a'));
    await bob.say(hello('b'));
    await ann.say({ t: 'me', name: ' Ann ', color: 5 });
    await ann.say({ t: 'room', title: 'Plans', language: 'Python' });
    clock.advance(1_000);
    const renamed = bob.wire
      .of('people')
      .at(-1)
      ?.join.find((one) => one.author === 1);
    expect(renamed).toMatchObject({ name: 'Ann', color: 5 });
    expect(bob.wire.of('room')).toEqual([{ t: 'room', title: 'Plans', language: 'Python' }]);
    const late = connect();
    await late.say(hello('l'));
    expect(late.wire.of('welcome')).toMatchObject([{ title: 'Plans', language: 'Python' }]);
  });
});

describe('[P9] a session that reads slowly', () => {
  /** Ann writes; Sue's socket reads only when the test says so. */
  async function slowScene(more: Partial<ServerLimits> = {}) {
    const { clock, connect, counters } = scene(more);
    const ann = connect();
    const sue = connect();
    await ann.say(hello('a'));
    await sue.say(hello('s'));
    let seq = 0;
    const type = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        seq++;
        await ann.say({ t: 'op', seq, rev: seq - 1, op: seq === 1 ? ['x'] : [seq - 1, 'x'] });
        // Nobody types so fast that it comes under another limit.
        clock.advance(10);
      }
    };
    const told = (wire: FakeWire): number[] => wire.of('ops').flatMap(({ rev, ops }) => ops.map((_, i) => rev + i));
    return { clock, connect, counters, ann, sue, type, told };
  }

  const upTo = (rev: number): number[] => Array.from({ length: rev }, (_, i) => i + 1);

  it('gets nothing more, and when it has drained everything once and in order, in one catch-up', async () => {
    const { clock, counters, ann, sue, type, told } = await slowScene();
    await type(3);
    sue.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await type(20);
    expect([told(sue.wire), told(ann.wire)]).toEqual([upTo(3), upTo(23)]);
    sue.wire.buffered = 0;
    clock.advance(100);
    await settle();
    expect(told(sue.wire)).toEqual(upTo(23));
    expect(sue.wire.of('ops').at(-1)).toMatchObject({ rev: 4 });
    await type(2);
    expect(told(sue.wire)).toEqual(upTo(25));
    expect([sue.wire.code, counters.fellBehind]).toEqual([null, 1]);
  });

  it('catches up from the log when memory no longer has what it missed, while edits go on', async () => {
    const { clock, sue, type, told } = await slowScene({ recentEntries: 4, historyPage: 3 });
    await type(1);
    sue.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await type(30);
    sue.wire.buffered = 0;
    clock.advance(100);
    for (let i = 0; i < 20; i++) await type(1);
    await settle();
    expect(told(sue.wire)).toEqual(upTo(51));
    expect(sue.wire.of('ops').every(({ ops }) => ops.length <= 3)).toBe(true);
  });

  it('[P3] is acknowledged in order with the entries that were withheld', async () => {
    const { clock, sue, type } = await slowScene();
    await type(2);
    sue.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await type(1);
    await sue.say({ t: 'op', seq: 1, rev: 2, op: [-1] });
    await sue.say({ t: 'op', seq: 2, rev: 2, op: [-1] });
    await sue.say({ t: 'op', seq: 2, rev: 2, op: [-1] });
    expect([sue.wire.of('ops').length, sue.wire.of('ack')]).toEqual([2, []]);
    sue.wire.buffered = 0;
    clock.advance(100);
    await settle();
    const order = sue.wire.heard.filter(({ t }) => t === 'ops' || t === 'ack').map(({ t }) => t);
    expect(order.slice(-3)).toEqual(['ops', 'ack', 'ack']);
    expect(sue.wire.of('ack').map(({ seq }) => seq)).toEqual([2, 2]);
  });

  it('is still told who comes, the title, and where everybody is afterwards', async () => {
    const { clock, connect, ann, sue, type } = await slowScene();
    await type(2);
    sue.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await type(1);
    await ann.say({ t: 'room', title: 'Plans' });
    const late = connect();
    await late.say(hello('l', { name: 'Late' }));
    await late.say({ t: 'cursor', rev: 3, ranges: [[2, 2]] });
    clock.advance(1_000);
    expect(sue.wire.of('room')).toMatchObject([{ title: 'Plans' }]);
    expect(
      sue.wire
        .of('people')
        .at(-1)
        ?.join.map(({ name }) => name),
    ).toContain('Late');
    sue.wire.buffered = 0;
    clock.advance(100);
    await settle();
    const kinds = sue.wire.heard.map(({ t }) => t);
    expect(kinds.lastIndexOf('cursor')).toBeGreaterThan(kinds.lastIndexOf('ops'));
    expect(sue.wire.of('cursor').find(({ author }) => author === 3)).toMatchObject({ rev: 3, ranges: [[2, 2]] });
  });

  it('is closed with 4508 after 10 s, with a sentence, and nobody else notices', async () => {
    const { clock, counters, ann, sue, type, told } = await slowScene();
    await type(1);
    sue.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await type(1);
    clock.advance(DEFAULT_SERVER_LIMITS.slowCloseMs);
    expect([sue.wire.code, sue.wire.of('error')[0]?.code]).toEqual([4508, 'slow-consumer']);
    expect(counters.ended).toEqual({ 'slow-consumer': 1 });
    await type(1);
    expect([ann.wire.code, told(ann.wire)]).toEqual([null, upTo(3)]);
  });

  it('is caught up page by page when it joins, no faster than it reads', async () => {
    const { clock, connect, sue, type, told } = await slowScene({ historyPage: 4 });
    await type(12);
    const { epoch = '' } = sue.wire.of('welcome')[0] ?? {};
    const late = connect();
    late.wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    await late.say({ ...hello('l'), rev: 0, epoch });
    expect(told(late.wire)).toEqual([]);
    late.wire.buffered = 0;
    clock.advance(100);
    await settle();
    expect(told(late.wire)).toEqual(upTo(12));
    expect(late.wire.of('ops')).toHaveLength(3);
  });

  it('is let in although the text is larger than 4 MiB on the wire', async () => {
    const { connect } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    for (let seq = 1; seq <= 7; seq++) await ann.say({ t: 'op', seq, rev: seq - 1, op: ['漢'.repeat(300_000)] });
    const bob = connect();
    await bob.say(hello('b'));
    expect(bob.wire.of('welcome')[0]?.text).toHaveLength(2_100_000);
    expect(bob.wire.code).toBeNull();
  });
});

describe('[P9] a session that sends too fast', () => {
  const op = (seq: number) => ({ t: 'op', seq, rev: 0, op: ['x'] });

  it('is told to wait, nothing is taken, and the same edit is taken later', async () => {
    const { clock, connect, counters } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    const { opsPerSecond } = DEFAULT_SERVER_LIMITS.advertised;
    for (let seq = 1; seq <= opsPerSecond; seq++) await ann.say(op(seq));
    const next = opsPerSecond + 1;
    await ann.say(op(next));
    expect(ann.wire.of('error')).toMatchObject([{ code: 'too-fast', seq: next, retryMs: 1_000 }]);
    expect(ann.wire.code).toBeNull();
    clock.advance(1_000);
    await ann.say(op(next));
    const entries = ann.wire.of('ops').flatMap(({ ops }) => ops.map(([, seq]) => seq));
    expect(entries).toEqual(Array.from({ length: next }, (_, i) => i + 1));
    expect(counters).toMatchObject({ rateLimited: 1, edits: next, joins: 1 });
  });

  it('[P7] is closed with 4429 when it goes on and on, and nobody else notices', async () => {
    const { connect, counters } = scene();
    const ann = connect();
    const rude = connect();
    await ann.say(hello('a'));
    await rude.say(hello('r'));
    for (let i = 0; i < 1_000 && rude.wire.code === null; i++) await rude.say({ t: 'ping', at: i });
    expect([rude.wire.code, rude.wire.of('error').at(-1)?.code]).toEqual([4429, 'too-fast']);
    expect(rude.wire.of('error').at(-1)?.retryMs).toBeUndefined();
    expect(rude.wire.of('pong')).toHaveLength(DEFAULT_SERVER_LIMITS.socketRates.pings.burst);
    expect(counters.ended).toEqual({ 'too-fast': 1 });
    await ann.say(op(1));
    expect([ann.wire.code, ann.wire.of('ops').length]).toEqual([null, 1]);
  });

  it('may have so many edits unanswered, and is told to wait with more', async () => {
    const { connect } = scene({ unansweredEdits: 3 });
    const ann = connect();
    await ann.say(hello('a'));
    for (let seq = 1; seq <= 5; seq++) ann.session.receive(JSON.stringify(op(seq)));
    await settle();
    expect(ann.wire.of('error')).toMatchObject([
      { seq: 4, retryMs: 1_000 },
      { seq: 5, retryMs: 1_000 },
    ]);
    await ann.say(op(4));
    await ann.say(op(5));
    expect(ann.wire.of('ops').flatMap(({ ops }) => ops.map(([, seq]) => seq))).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['edits', { inbox: 2 }],
    ['units', { inboxUnits: 20 }],
  ])('is told to wait when the room’s queue is full of %s', async (_, limits) => {
    const { connect } = scene(limits);
    const ann = connect();
    await ann.say(hello('a'));
    for (let seq = 1; seq <= 3; seq++) ann.session.receive(JSON.stringify(op(seq)));
    await settle();
    expect(ann.wire.of('error')).toMatchObject([{ code: 'too-fast', seq: 3, retryMs: 1_000 }]);
    await ann.say(op(3));
    expect(ann.wire.of('ops').flatMap(({ ops }) => ops.map(([, seq]) => seq))).toEqual([1, 2, 3]);
    expect(ann.wire.code).toBeNull();
  });

  it('is closed when more messages come before it has joined than may wait', async () => {
    const { connect } = scene({ waitingMessages: 3 });
    const ann = connect();
    ann.session.receive(JSON.stringify(hello('a')));
    for (let i = 0; i < 4; i++) ann.session.receive(JSON.stringify({ t: 'ping', at: i }));
    expect([ann.wire.code, ann.wire.of('error')[0]?.code]).toEqual([4429, 'too-fast']);
    await settle();
    expect(ann.wire.of('welcome')).toEqual([]);
  });

  it('[P7] is refused an edit that is older than anybody can be', async () => {
    const { connect } = scene({ lateEdit: 2 });
    const ann = connect();
    await ann.say(hello('a'));
    for (let seq = 1; seq <= 4; seq++) await ann.say({ ...op(seq), rev: seq - 1 });
    await ann.say({ ...op(5), rev: 1 });
    expect([ann.wire.code, ann.wire.of('error')[0]?.code]).toEqual([4400, 'bad-rev']);
  });

  it('[P7] is told which message came too fast, and which the lock refused', async () => {
    const { socketRates } = DEFAULT_SERVER_LIMITS;
    const { connect, rooms } = scene({ socketRates: { ...socketRates, others: { perSecond: 1, burst: 2 } } });
    const ann = connect();
    await ann.say(hello('a'));
    const chat = (letter: string): object => ({ t: 'chat', id: letter.repeat(22), text: letter });
    for (const letter of ['x', 'y', 'z']) await ann.say(chat(letter));
    expect(ann.wire.of('chat').map(({ message }) => message.text)).toEqual(['x', 'y']);
    expect(ann.wire.of('error')).toMatchObject([{ code: 'too-fast', id: 'z'.repeat(22), retryMs: 1_000 }]);
    const bob = connect();
    await bob.say(hello('b'));
    for (const room of rooms.loaded()) await room.setMeta({ locked: true });
    await bob.say(chat('w'));
    expect(bob.wire.of('error')).toMatchObject([{ code: 'locked', id: 'w'.repeat(22) }]);
    expect([ann.wire.code, bob.wire.code]).toEqual([null, null]);
  });

  it('is let in again later when its address joins too often, and others are let in meanwhile', async () => {
    const { addressRates } = DEFAULT_SERVER_LIMITS;
    const { clock, connect } = scene({ addressRates: { ...addressRates, joins: { perSecond: 1, burst: 2 } } });
    const codes = [];
    for (const client of ['a', 'b', 'c']) {
      const one = connect();
      await one.say(hello(client));
      codes.push(one.wire.code);
    }
    expect(codes).toEqual([null, null, 4429]);
    const other = connect('198.51.100.1');
    await other.say(hello('o'));
    expect(other.wire.code).toBeNull();
    clock.advance(1_000);
    const again = connect();
    await again.say(hello('c'));
    expect(again.wire.of('welcome')).toHaveLength(1);
  });

  it('makes only so many rooms, and joins those that are there all the same', async () => {
    const { addressRates } = DEFAULT_SERVER_LIMITS;
    const { connect, rooms } = scene({ addressRates: { ...addressRates, rooms: { perSecond: 1, burst: 2 } } });
    const codes = [];
    for (const token of ['one', 'two', 'three', 'one']) {
      const visitor = connect();
      await visitor.say({ ...hello('v'), token, create: undefined });
      codes.push(visitor.wire.code);
    }
    expect(codes).toEqual([null, null, 4429, null]);
    expect(rooms.size).toBe(2);
  });
});

describe('[P9] a room', () => {
  const limits = { advertised: { ...DEFAULT_SERVER_LIMITS.advertised, document: 10 }, documentSlack: 5 };

  it('[L1] takes edits a little beyond its limit, refuses those further beyond, and always takes deletions', async () => {
    const { connect } = scene(limits);
    const ann = connect();
    const bob = connect();
    await ann.say(hello('a'));
    await bob.say(hello('b'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['x'.repeat(15)] });
    expect(ann.wire.of('ops')).toHaveLength(1);
    await bob.say({ t: 'op', seq: 1, rev: 1, op: ['y'] });
    expect([bob.wire.code, bob.wire.of('error')[0]?.code]).toEqual([4413, 'document-full']);
    await ann.say({ t: 'op', seq: 2, rev: 1, op: [-1] });
    expect(ann.wire.of('ops')).toHaveLength(2);
  });

  it('tells of edits that came together in frames of bounded size', async () => {
    const { connect } = scene({ batchUnits: 1_000 });
    const people = [];
    for (const client of ['a', 'b', 'c', 'd', 'e']) {
      const one = connect();
      await one.say(hello(client));
      people.push(one);
    }
    for (const { session } of people) {
      session.receive(JSON.stringify({ t: 'op', seq: 1, rev: 0, op: ['x'.repeat(400)] }));
    }
    await settle();
    expect(people[0]?.wire.of('ops').map(({ rev, ops }) => [rev, ops.length])).toEqual([
      [1, 2],
      [3, 2],
      [5, 1],
    ]);
  });

  it('tells carets at most once in 50 ms, and then the newest', async () => {
    const { clock, connect } = scene();
    const ann = connect();
    const bob = connect();
    await ann.say(hello('a'));
    await bob.say(hello('b'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['0123456789'] });
    clock.advance(1_000);
    const before = bob.wire.of('cursor').length;
    for (let at = 0; at <= 9; at++) {
      await ann.say({ t: 'cursor', rev: 1, ranges: [[at, at]] });
      clock.advance(DEFAULT_SERVER_LIMITS.cursorEveryMs / 10);
    }
    expect(bob.wire.of('cursor').slice(before)).toMatchObject([{ ranges: [[9, 9]] }]);
  });
});

describe('rooms', () => {
  it('[P11] gives everybody the same room, and loads it again after it was unloaded', async () => {
    const { connect, clock, rooms } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['kept'] });
    expect(rooms.size).toBe(1);
    ann.session.closed();
    clock.advance(DEFAULT_SERVER_LIMITS.roomIdleMs);
    rooms.tick();
    await settle();
    expect(rooms.size).toBe(0);
    const bob = connect();
    await bob.say(hello('b'));
    expect(bob.wire.of('welcome')).toMatchObject([{ text: 'kept', rev: 1, you: 2 }]);
  });

  it('keeps a room that somebody is in, and forgets a fresh one that nobody wrote in', async () => {
    const { connect, clock, rooms } = scene();
    const ann = connect();
    await ann.say(hello('a'));
    clock.advance(10 * DEFAULT_SERVER_LIMITS.roomIdleMs);
    rooms.tick();
    expect(rooms.size).toBe(1);
    ann.session.closed();
    clock.advance(DEFAULT_SERVER_LIMITS.roomIdleMs);
    rooms.tick();
    expect(rooms.size).toBe(0);
  });
});
