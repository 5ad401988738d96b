import { describe, expect, it } from 'vitest';
import { decodeServerMessage, type ServerMessage } from '../lib/protocol/index.ts';
import { ManualClock } from '../lib/testing/index.ts';
import { AddressBudgets } from './address-budgets.ts';
import { createCounters } from './counters.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createLog } from './log.ts';
import { Rooms } from './rooms.ts';
import { Session, type Wire } from './session.ts';
import { createMemoryStorage } from './storage/memory.ts';

const CREATE = { owner: 'O'.repeat(22), view: 'V'.repeat(22) };
const TOKEN = 'T'.repeat(22);

class FakeWire implements Wire {
  readonly heard: ServerMessage[] = [];
  buffered = 0;
  code: number | null = null;

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
  const rooms = new Rooms({ storage: createMemoryStorage(), clock, log, limits }, limits);
  function connect(address = '203.0.113.7'): {
    wire: FakeWire;
    session: Session;
    say: (message: unknown) => Promise<void>;
  } {
    const wire = new FakeWire();
    const session = new Session(wire, { rooms, clock, log, limits, counters }, budgets.of(address));
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
    binary.session.receiveBinary();
    expect(binary.wire.code).toBe(4400);
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
