import { decodeServerMessage, ProtocolFault } from '../../lib/protocol/index.ts';
import { apply, isClean } from '../../lib/ot/index.ts';
import { ManualClock, seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import { AddressBudgets } from '../../server/address-budgets.ts';
import { createCounters } from '../../server/counters.ts';
import { DEFAULT_SERVER_LIMITS } from '../../server/limits.ts';
import { createLog } from '../../server/log.ts';
import type { Room } from '../../server/room/room.ts';
import { Rooms } from '../../server/rooms.ts';
import { stranger } from '../../server/testing/callers.ts';
import { Session, type SessionDeps } from '../../server/session.ts';
import { createMemoryStorage } from '../../server/storage/memory.ts';
import { FuzzWire } from './fuzz-wire.ts';
import { HostileSession, type Facts, type Targets } from './hostile-session.ts';
import { Innocent } from './innocent.ts';
import { mutate } from './mutate.ts';
import { faultOfRefusal } from './refusals.ts';

/** Hostile sessions at the same time. */
const POOL = 10;
/** More than the innocents and a few others: the room is full now and then. */
const MEMBERS = 9;
const INNOCENTS = 2;
/** Small enough to be reached, large enough that the innocents are never in need of them. */
const LIMITS = {
  ...DEFAULT_SERVER_LIMITS,
  advertised: { ...DEFAULT_SERVER_LIMITS.advertised, document: 20_000 },
  documentSlack: 10_000,
  helloTimeoutMs: 400,
  waitingMessages: 6,
  recentEntries: 50,
  members: MEMBERS,
  rooms: 20,
  roomIdleMs: 5_000,
  snapshotRevisions: 100,
  socketRates: {
    ...DEFAULT_SERVER_LIMITS.socketRates,
    cursors: { perSecond: 10, burst: 3 },
    others: { perSecond: 5, burst: 3 },
  },
  patience: { perSecond: 1, burst: 2 },
  addressRates: { ...DEFAULT_SERVER_LIMITS.addressRates, joins: { perSecond: 30, burst: 100 } },
  slowNoCursors: 1_000,
  slowStop: 3_000,
  slowClose: 100_000,
};
/** So many things happen, about, between two turns of the event loop. */
const ACTIONS_A_TURN = 8;
/** More than may wait while a session joins. */
const BURST = 10;
/** How far the clock moves in a turn: now and then a session's hello comes too late. */
const TURN_MS = 40;
/** Where hostile sessions come from. */
const ADDRESSES = 4;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

interface Hostile {
  script: HostileSession;
  session: Session;
  wire: FuzzWire;
}

export interface SceneResult {
  /** How often each word was the end of a session. */
  refusals: Map<string, number>;
  /** Sentences; none if all is well. */
  faults: string[];
  edits: number;
  /** How often an innocent read so slowly that the server held back. */
  fellBehind: number;
}

/**
 * One process's worth of rooms on storage in memory, in which honest people type while `inputs` frames of hostile sessions
 * arrive; then everybody leaves. Says what is wrong: a throw, an undocumented end, a text that differs, anything left behind.
 */
export async function playScene(seed: number, inputs: number): Promise<SceneResult> {
  const scene = new FuzzScene(seed);
  await scene.play(inputs);
  return scene.result;
}

class FuzzScene {
  readonly result: SceneResult = { refusals: new Map(), faults: [], edits: 0, fellBehind: 0 };
  readonly #random: SeededRandom;
  readonly #clock = new ManualClock();
  readonly #storage = createMemoryStorage();
  readonly #rooms: Rooms;
  readonly #deps: SessionDeps;
  /** What the server counts of the innocents. */
  readonly #counters = createCounters();
  readonly #budgets: AddressBudgets;
  readonly #targets: Targets;
  readonly #token: string;
  readonly #innocents: Innocent[];
  readonly #pool: Hostile[] = [];
  /** Frames that a session which was not closed yet has heard. */
  #inputs = 0;
  #home: Room | null = null;
  /** Author numbers in the innocents' room that may only read. */
  readonly #readers = new Set<number>();
  /** Texts that were put together already, by epoch. */
  readonly #texts = new Map<string, Facts>();

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    const log = createLog('error', { write: (line) => this.#fault(`The server logged an error: ${line.trim()}`) });
    this.#rooms = new Rooms({ storage: this.#storage, clock: this.#clock, log, limits: LIMITS });
    this.#deps = { rooms: this.#rooms, clock: this.#clock, log, limits: LIMITS, counters: createCounters() };
    this.#budgets = new AddressBudgets(this.#clock, LIMITS);
    this.#token = this.#freshToken();
    const create = { owner: this.#freshToken(), view: this.#freshToken() };
    this.#innocents = Array.from(
      { length: INNOCENTS },
      (_, index) =>
        new Innocent({
          stalls: index > 0,
          token: this.#token,
          create,
          clock: this.#clock,
          random: seededRandom(this.#random.int(2 ** 31)),
          freshToken: () => this.#freshToken(),
          accept: (wire) =>
            new Session(wire, { ...this.#deps, counters: this.#counters }, stranger(this.#budgets.of('innocent'))),
        }),
    );
    this.#targets = {
      shared: [this.#token],
      view: create.view,
      names: ['notes', 'standup-notes', 'x', 'UPPER', 'no/such', '--'],
      freshToken: () => this.#freshToken(),
    };
  }

  async play(inputs: number): Promise<void> {
    await this.#settle();
    while (this.#inputs < inputs) {
      // A burst comes before the server has had a moment, and some of it while its sender is still joining.
      const burst = this.#random.int(30) === 0 ? BURST : 1;
      const place = this.#random.int(POOL);
      for (let left = burst; left > 0; left--) this.#act(place);
      if (this.#random.int(ACTIONS_A_TURN) === 0) await this.#turn();
    }
    for (const hostile of this.#pool.splice(0)) this.#leave(hostile);
    await this.#settle();
    await this.#judgeInnocents();
    await this.#judgeRemains();
  }

  /** One thing that the hostile session in this place of the pool does. */
  #act(place: number): void {
    const hostile = (this.#pool[place] ??= this.#arrive());
    const { script, session, wire } = hostile;
    const step = script.next(this.#factsOf(wire));
    switch (step.kind) {
      case 'text':
        if (wire.code === null) this.#inputs++;
        session.receive(step.frame);
        break;
      case 'binary':
        if (wire.code === null) this.#inputs++;
        session.receiveBinary(step.frame);
        break;
      case 'wait':
        break;
      case 'leave':
        this.#leave(hostile);
        this.#pool[place] = this.#arrive();
        return;
    }
    // What it still says after its socket was closed is on its way already, and heard by nobody.
    if (wire.code === null || this.#random.int(2) === 0) return;
    this.#leave(hostile);
    this.#pool[place] = this.#arrive();
  }

  #arrive(): Hostile {
    const wire = new FuzzWire(this.#random.int(20) !== 0);
    const caller = stranger(this.#budgets.of(`hostile ${this.#random.int(ADDRESSES)}`));
    const isCompact = this.#random.int(2) === 0;
    const session = new Session(wire, this.#deps, caller, isCompact);
    return { script: new HostileSession(this.#random, this.#targets, isCompact), session, wire };
  }

  #leave({ session, wire }: Hostile): void {
    session.closed();
    this.#noteReader(wire.welcome);
    if (wire.afterClose > 0) this.#fault(`A socket closed with ${wire.code} was written to ${wire.afterClose} times.`);
    if (wire.code === null) return;
    const error: unknown = JSON.parse(wire.last);
    const fault = faultOfRefusal(error, wire.code, wire.reason);
    if (fault !== null) this.#fault(fault);
    if (wire.code === 4500) this.#fault(`A session ended with 4500: ${wire.last}`);
    this.result.refusals.set(wire.reason, (this.result.refusals.get(wire.reason) ?? 0) + 1);
  }

  /** Whoever came by the view link: nothing of theirs may ever be in the log. */
  #noteReader(welcome: string | null): void {
    if (welcome === null || !welcome.includes('"role":"view"')) return;
    const { epoch, you } = JSON.parse(welcome) as { epoch: string; you: number };
    if (epoch === this.#home?.epoch) this.#readers.add(you);
  }

  /** Its room as it is now: what a client that has heard everything knows. */
  #factsOf(wire: FuzzWire): Facts | null {
    if (wire.welcome === null) return null;
    const epoch = /"epoch":"(\w+)"/.exec(wire.welcome)?.[1];
    for (const room of this.#rooms.loaded()) {
      if (room.epoch === epoch) return this.#stateOf(room);
    }
    return null;
  }

  #stateOf(room: Room): Facts {
    const known = this.#texts.get(room.epoch);
    if (known?.rev === room.rev) return known;
    const facts = { rev: room.rev, epoch: room.epoch, text: room.text() };
    this.#texts.set(room.epoch, facts);
    return facts;
  }

  async #turn(): Promise<void> {
    for (const innocent of this.#innocents) {
      if (this.#random.int(4) === 0) innocent.type();
      innocent.deliver();
    }
    this.#clock.advance(this.#random.int(TURN_MS));
    if (this.#random.int(20) === 0) this.#rooms.tick();
    await afterAllPromises();
    this.#strangeAnswer();
  }

  /** The other decoder: a client survives whatever a server may say. */
  #strangeAnswer(): void {
    const heard = this.#pool[this.#random.int(POOL)]?.wire.last;
    if (!heard) return;
    try {
      decodeServerMessage(mutate(this.#random, JSON.parse(heard) as Record<string, unknown>));
    } catch (error) {
      if (!(error instanceof ProtocolFault)) this.#fault(`decodeServerMessage threw ${String(error)}.`);
    }
  }

  /** Until the innocents have everything, or for long enough. */
  async #settle(): Promise<void> {
    for (let turn = 0; turn < 400; turn++) {
      for (const innocent of this.#innocents) innocent.deliver();
      this.#clock.advance(TURN_MS);
      await afterAllPromises();
      // The first room there is: the hostile ones come later.
      this.#home ??= [...this.#rooms.loaded()][0] ?? null;
      const rev = this.#home?.rev;
      const done = this.#innocents.every(({ client }) => {
        const view = client.view();
        return view.online && view.unsaved === 0 && view.rev === rev;
      });
      if (done) return;
    }
    const views = this.#innocents.map(({ client }) => JSON.stringify(client.view().status));
    this.#fault(`The innocents never came to rest: ${views.join(', ')}.`);
  }

  async #judgeInnocents(): Promise<void> {
    const room = this.#home;
    if (!room || room.closed) return this.#fault('The innocents have no room.');
    const text = room.text();
    const log = await this.#storage.entries(room.id, 1, room.rev, Number.MAX_SAFE_INTEGER);
    this.result.edits += log.length;
    this.result.fellBehind = this.#counters.fellBehind;
    if (log.length !== room.rev) this.#fault(`The log has ${log.length} entries at revision ${room.rev}.`);
    if (log.reduce((now, { op }) => apply(now, op), '') !== text) this.#fault('The log does not give the text.');
    if (log.some(({ author }) => this.#readers.has(author))) this.#fault('Somebody wrote through a view link.');
    if (!isClean(text)) this.#fault('The text is not clean.');
    for (const { client, editor, closes, errors } of this.#innocents) {
      if (client.text() !== text || editor.toString() !== text) this.#fault('An innocent has another text.');
      if (closes.length > 0) this.#fault(`An innocent was closed with ${closes.join(', ')}.`);
      if (errors.length > 0) this.#fault(`An innocent's client reported ${String(errors[0])}.`);
      if (client.view().notice !== null) this.#fault(`An innocent was told ${client.view().notice?.kind}.`);
    }
  }

  /** Nothing is left: no room, no timer. */
  async #judgeRemains(): Promise<void> {
    for (const { client } of this.#innocents) client.close();
    for (let turn = 0; turn < 10; turn++) {
      await afterAllPromises();
      this.#clock.advance(LIMITS.roomIdleMs);
      this.#rooms.tick();
    }
    await afterAllPromises();
    if (this.#rooms.size > 0) this.#fault(`${this.#rooms.size} rooms are left.`);
    if (this.#clock.pending > 0) this.#fault(`${this.#clock.pending} timers are left.`);
  }

  #freshToken(): string {
    return Array.from({ length: 22 }, () => BASE62.charAt(this.#random.int(BASE62.length))).join('');
  }

  #fault(sentence: string): void {
    this.result.faults.push(sentence);
  }
}

/** The storage in memory answers by promises alone, so one turn of the event loop is after all of them. */
function afterAllPromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
