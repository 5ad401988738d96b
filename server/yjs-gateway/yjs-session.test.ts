import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ManualClock } from '../../lib/testing/index.ts';
import { decodeFrame, frames, readUser, type Frame } from '../../lib/yjs/index.ts';
import { AddressBudgets } from '../address-budgets.ts';
import { createCounters } from '../counters.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../limits.ts';
import { createLog } from '../log.ts';
import { Rooms } from '../rooms.ts';
import { Session, type Wire } from '../session.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { openRoom, stranger } from '../testing/callers.ts';
import { YjsSession } from './yjs-session.ts';

// Before anything is imported, because lib0 takes `Date.now` as it is then. Never given back: this file's process ends.
vi.hoisted(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }));

const NAME = 'standup-notes';
const IDLE_MS = 5 * 60_000;

/** What the session writes to: what it says is in `heard`, decoded. */
class FakeWire implements Wire {
  readonly heard: Frame[] = [];
  buffered = 0;
  code: number | null = null;
  paused = false;
  onFrame: ((frame: Buffer) => void) | null = null;

  send(frame: Buffer): void {
    this.heard.push(decodeFrame(frame, { stateBytes: 1e6, states: 1e6 }));
    this.onFrame?.(frame);
  }

  close(code: number): void {
    this.code = code;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  of<K extends Frame['kind']>(kind: K): (Frame & { kind: K })[] {
    return this.heard.filter((frame): frame is Frame & { kind: K } => frame.kind === kind);
  }
}

function scene(more: Partial<ServerLimits> = {}) {
  const clock = new ManualClock();
  const limits = { ...DEFAULT_SERVER_LIMITS, ...more };
  const budgets = new AddressBudgets(clock, limits);
  const log = createLog('silent');
  const storage = createMemoryStorage();
  const rooms = new Rooms({ storage, clock, log, limits });
  const deps = { rooms, clock, log, limits, counters: createCounters() };

  async function connect(token = NAME): Promise<{ wire: FakeWire; session: YjsSession }> {
    const wire = new FakeWire();
    const session = new YjsSession(
      wire,
      deps,
      { token, root: 'codemirror', password: null },
      stranger(budgets.of('203.0.113.7')),
    );
    await settle();
    return { wire, session };
  }

  async function joinOt(): Promise<{ say: (message: object) => Promise<void> }> {
    const wire = {
      send: () => undefined,
      buffered: 0,
      close: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
    };
    const session = new Session(wire, deps, stranger(budgets.of('203.0.113.8')));
    const say = async (message: object): Promise<void> => {
      session.receive(JSON.stringify(message));
      await settle();
    };
    await say({ t: 'hello', v: 1, token: NAME, client: 'a'.repeat(22), name: 'Ann', color: 3 });
    return { say };
  }

  async function text(): Promise<string> {
    const lease = await openRoom(rooms, NAME);
    lease?.release();
    return lease?.room.text() ?? '';
  }

  /** Both clocks, together. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 500) {
      vi.advanceTimersByTime(500);
      clock.advance(500);
      await settle();
    }
  }

  return { clock, connect, joinOt, text, pass, storage, deps, budgets };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const open: WebsocketProvider[] = [];
afterEach(() => {
  for (const provider of open.splice(0)) provider.destroy();
});

/** The stock provider on a session in this process. `mute`: nothing of what the server says arrives. */
function stockClient({ deps, budgets }: ReturnType<typeof scene>, mute = false) {
  let connects = 0;
  const codes: (number | null)[] = [];

  class Line {
    static readonly OPEN = 1;
    readonly OPEN = 1;
    binaryType = 'arraybuffer';
    readyState = 1;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: Uint8Array }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    readonly #session: YjsSession;

    constructor() {
      connects++;
      const wire = new FakeWire();
      wire.onFrame = (frame) => {
        if (!mute) queueMicrotask(() => this.onmessage?.({ data: Uint8Array.from(frame) }));
      };
      wire.close = (code) => queueMicrotask(() => this.#closed(code));
      this.#session = new YjsSession(
        wire,
        deps,
        { token: NAME, root: 'codemirror', password: null },
        stranger(budgets.of('203.0.113.9')),
      );
      queueMicrotask(() => this.onopen?.());
    }

    send(frame: Uint8Array): void {
      this.#session.receiveBinary(frame);
    }

    close(): void {
      this.#closed(1000);
    }

    #closed(code: number): void {
      if (this.readyState !== 1) return;
      this.readyState = 3;
      this.#session.closed();
      this.onclose?.({ code, reason: '' });
    }
  }

  const doc = new Y.Doc();
  const provider = new WebsocketProvider('ws://host/yjs', NAME, doc, {
    WebSocketPolyfill: Line as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  provider.on('connection-close', (event) => codes.push(event?.code ?? null));
  open.push(provider);
  const awareness: Awareness = provider.awareness;
  return { doc, ytext: doc.getText('codemirror'), provider, awareness, codes, connects: () => connects };
}

describe('a stock client that does nothing', () => {
  it('[P7] stays connected for five minutes when it is alone', async () => {
    const place = scene();
    const client = stockClient(place);
    await place.pass(IDLE_MS);
    expect([client.connects(), client.codes, client.provider.synced]).toEqual([1, [], true]);
  });

  it('[P7] stays connected beside an OT client that does nothing either, and goes on seeing it', async () => {
    const place = scene();
    const ann = await place.joinOt();
    const client = stockClient(place);
    client.awareness.setLocalStateField('user', { name: 'Yann', color: '#30bced' });
    await place.pass(IDLE_MS);
    expect([client.connects(), client.codes]).toEqual([1, []]);
    const names = [...client.awareness.getStates().values()].map((state) => readUser(state)?.name);
    expect(new Set(names)).toEqual(new Set(['Ann', 'Yann']));
    await ann.say({ t: 'op', seq: 1, rev: 0, op: ['still here'] });
    await place.pass(500);
    expect(client.ytext.toJSON()).toBe('still here');
  });

  it('would have given a silent server up after half a minute', async () => {
    const place = scene();
    const client = stockClient(place, true);
    await place.pass(40_000);
    expect(client.codes[0]).toBeNull();
    expect(client.connects()).toBeGreaterThan(1);
  });
});

/** Updates of a Y.Doc that types, one for each letter. */
function typed(letters: string): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let at = 0; at < letters.length; at++) doc.getText('codemirror').insert(at, letters.charAt(at));
  return updates.map((update) => frames.update(update));
}

describe('a session of /yjs', () => {
  it('asks what the client has, answers what it lacks, and tells it its own edits too', async () => {
    const { connect } = scene();
    const { wire, session } = await connect();
    expect(wire.heard[0]).toMatchObject({ kind: 'state-vector' });
    session.receiveBinary(frames.syncStep1(Uint8Array.of(0)));
    for (const frame of typed('ab')) session.receiveBinary(frame);
    await settle();
    const [answer, ...rest] = wire.of('update');
    expect(answer?.answer).toBe(true);
    const doc = new Y.Doc();
    for (const { update } of rest) Y.applyUpdate(doc, update);
    expect(doc.getText('codemirror').toJSON()).toBe('ab');
  });

  it('[P9] reads no more of one that is too fast, and loses nothing of it', async () => {
    const { connect, clock, text } = scene({ advertised: { ...DEFAULT_SERVER_LIMITS.advertised, opsPerSecond: 10 } });
    const { wire, session } = await connect();
    const letters = '0123456789'.repeat(4);
    for (const frame of typed(letters)) session.receiveBinary(frame);
    await settle();
    expect([await text(), wire.paused]).toEqual([letters.slice(0, 10), true]);
    expect(session.patientUntil).toBe(Infinity);
    for (let count = 0; count < 40; count++) {
      clock.advance(100);
      await settle();
    }
    expect([await text(), wire.paused, wire.code]).toEqual([letters, false, null]);
  });

  it('[P9] closes one that pours on although nobody reads with 1013, after which it comes back', async () => {
    const { connect } = scene({
      yjsWaiting: 20,
      advertised: { ...DEFAULT_SERVER_LIMITS.advertised, opsPerSecond: 10 },
    });
    const { wire, session } = await connect();
    for (const frame of typed('x'.repeat(40))) session.receiveBinary(frame);
    await settle();
    expect(wire.code).toBe(1013);
    expect(wire.of('auth')).toEqual([]);
  });

  it('[P9] closes one that reads nothing with 4508', async () => {
    const { connect, clock } = scene();
    const { wire } = await connect();
    const other = await connect();
    wire.buffered = DEFAULT_SERVER_LIMITS.slowStop + 1;
    for (const frame of typed('ab')) other.session.receiveBinary(frame);
    await settle();
    clock.advance(DEFAULT_SERVER_LIMITS.slowCloseMs + 1_000);
    expect([wire.code, other.wire.code]).toEqual([4508, null]);
  });

  it('tells presence to one that has none itself, a moment later', async () => {
    const place = scene();
    await place.joinOt();
    const { wire } = await place.connect();
    await place.pass(1_000);
    const names = wire.of('awareness').flatMap(({ states }) => states.map(({ state }) => JSON.stringify(state)));
    expect(names.join()).toContain('"Ann"');
  });

  it('[P7] says nothing and holds nothing after its end', async () => {
    const { connect, clock, text } = scene();
    const { wire, session } = await connect();
    session.receive();
    const told = wire.heard.length;
    for (const frame of typed('ab')) session.receiveBinary(frame);
    session.closed();
    await settle();
    clock.advance(60_000);
    expect([wire.code, wire.heard.length, await text()]).toEqual([4400, told, '']);
  });
});
