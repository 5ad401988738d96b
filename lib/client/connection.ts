import {
  CloseCode,
  decodeCompactOps,
  decodeServerMessage,
  encodeCompactOp,
  isFatal,
  type ClientMessage,
  type Hello,
  type ServerMessage,
} from '../protocol/index.ts';
import { backoffDelay } from './backoff.ts';
import { Inbox } from './inbox.ts';
import { Liveness, PROBE_DEAD_MS, SILENT_MS } from './liveness.ts';
import type { Environment, Socket } from './types.ts';

/** A connect that hangs this long will not succeed: usually packets fall into a hole. */
const CONNECT_MS = 10_000;
/** As long for the welcome, at first … */
const WELCOME_MS = 10_000;
/** … but it may carry a text of megabytes over a slow line, and nothing is heard before all of it is here: then longer. */
const LONGEST_WELCOME_MS = 60_000;
/** A connection that held this long was good: the next trouble starts with short waits again. */
const PROVEN_MS = 5_000;

/** The life of one room's sockets, one after the other. */
export type LinkState =
  /** A socket is opening (or will at `start`). */
  | { kind: 'connecting' }
  /** Open, `hello` sent. */
  | { kind: 'greeting' }
  /** Welcomed. */
  | { kind: 'live' }
  /** Until the next try. */
  | { kind: 'waiting' }
  /** Coming back would end the same way. `word`: the fault's stable word, if one came along. */
  | { kind: 'lost'; code: number; word: string | null }
  | { kind: 'closed' };

/** What a frame turned out to be. */
type Arrival = { message: ServerMessage } | { fault: unknown };

export interface ConnectionEvents {
  hello(): Hello;
  /**
   * In order; `welcome` is the first one of each socket. Once `isOver` the rest of a long message is to be returned, and
   * comes again in a later turn; otherwise null.
   */
  message(message: ServerMessage, isOver: () => boolean): ServerMessage | null;
  /** No more messages come in this turn. */
  turned(): void;
  /** A message that cannot be read, or one whose handling threw: what it said is not known. */
  broken(error: unknown): void;
  /** A socket is gone, with its close code (1006 if there was none); the next try is in `waitMs`, unless `state` is lost. */
  down(code: number, waitMs: number): void;
  /** `state`, `silent` or `failures` has changed. */
  changed(): void;
}

/**
 * Keeps a welcomed socket to the room, or tries to: hello, pings and their deadline, waiting, trying again. Knows
 * nothing of documents. `start` opens the first socket, `close` ends everything.
 */
export class Connection {
  readonly #environment: Environment;
  readonly #events: ConnectionEvents;
  #state: LinkState = { kind: 'connecting' };
  /** Opens that came to nothing since the last welcome. */
  #failures = 0;
  /** Counts waits, and is forgotten when a connection has proven itself. */
  #attempt = 0;
  /** The system says that there is no network. */
  #networkGone = false;
  /** Set by `drain`: not to come back before. */
  #drainUntil: number | null = null;
  /** Opening or greeting takes long. */
  #slow = false;
  #socket: Socket | null = null;
  /** Stands for the newest socket, so that a late event of an older one is not taken for the newer's. */
  #token: object | null = null;
  #liveness: Liveness | null = null;
  /** The word of the last fault that the newest socket told; a close follows, unless it is only "not now". */
  #fault: string | null = null;
  /** Of the newest socket. */
  #inbox: Inbox<Arrival> | null = null;
  #answered = -1;
  #cancels: (() => void)[] = [];
  #stopNetwork: (() => void) | null = null;

  constructor(environment: Environment, events: ConnectionEvents) {
    this.#environment = environment;
    this.#events = events;
  }

  get state(): LinkState {
    return this.#state;
  }

  get failures(): number {
    return this.#failures;
  }

  get networkGone(): boolean {
    return this.#networkGone;
  }

  /** Nothing has been heard for so long that it has to be told. */
  get silent(): boolean {
    return this.#slow || (this.#liveness?.silent ?? false);
  }

  /**
   * `at` of the newest ping of this socket whose answer was handled, after all that came before it; -1 if there is none.
   * Everything sent before that ping has been received.
   */
  get answered(): number {
    return this.#answered;
  }

  /** Messages have come and were not handled yet. */
  get isBehind(): boolean {
    return this.#inbox?.isEmpty === false;
  }

  start(): void {
    this.#stopNetwork = this.#environment.onNetwork((event) => this.#network(event));
    this.#connect();
  }

  /** Sends if welcomed; false (and nothing done) if not. */
  send(message: ClientMessage): boolean {
    if (this.#state.kind !== 'live' || !this.#socket) return false;
    const { isCompact, sendBinary } = this.#socket;
    if (message.t === 'op' && isCompact && sendBinary) sendBinary(encodeCompactOp(message));
    else this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Asks for a sign of life. Its `at`, to be compared with `answered`; null if not welcomed. */
  ping(): number | null {
    return this.#liveness?.ping() ?? null;
  }

  /** Somebody relies on the connection right now: asks for a sign of life, unless there just was one. */
  doubt(): void {
    this.#liveness?.doubt();
  }

  /** Ends the socket, if there is one, and comes back after the usual wait. */
  restart(): void {
    if (this.#socket) this.#drop(1006, true);
  }

  /** Tries at once, if nothing is open. One that hangs is begun anew. */
  retry(): void {
    switch (this.#state.kind) {
      case 'waiting':
        return this.#connect();
      case 'connecting':
      case 'greeting':
        if (this.#slow) this.#connect();
        return;
      case 'live':
        this.#liveness?.ping(PROBE_DEAD_MS);
        return;
      case 'lost':
      case 'closed':
        return;
    }
  }

  close(): void {
    this.#stopNetwork?.();
    this.#release(true);
    this.#set({ kind: 'closed' });
  }

  #network(event: 'online' | 'offline' | 'visible'): void {
    this.#networkGone = event === 'offline' || (this.#networkGone && event === 'visible');
    // A server that drains has asked for time; a page that is looked at again does not change that.
    const draining = this.#drainUntil !== null && this.#drainUntil > this.#environment.now();
    if (event === 'offline') this.#liveness?.ping(PROBE_DEAD_MS);
    else if (this.#state.kind !== 'waiting' || !draining) this.retry();
    this.#events.changed();
  }

  #connect(): void {
    this.#release(true);
    this.#set({ kind: 'connecting' });
    this.#later(SILENT_MS, () => this.#setSlow());
    this.#later(CONNECT_MS, () => this.#drop(1006, true));
    const mine = {};
    this.#token = mine;
    this.#inbox = new Inbox(
      this.#environment,
      (arrival, isOver) => this.#take(arrival, isOver),
      () => this.#events.turned(),
    );
    const current = () => this.#token === mine;
    const socket = this.#environment.connect({
      open: () => current() && this.#opened(),
      message: (frame) => current() && this.#received(frame),
      closed: (code, reason) => current() && this.#drop(code, false, reason),
    });
    if (current()) this.#socket = socket;
  }

  #opened(): void {
    this.#clearTimers();
    this.#set({ kind: 'greeting' });
    this.#later(SILENT_MS, () => this.#setSlow());
    this.#later(Math.min(LONGEST_WELCOME_MS, WELCOME_MS * 2 ** this.#failures), () => this.#drop(1006, true));
    this.#socket?.send(JSON.stringify(this.#events.hello()));
  }

  #received(frame: string | Uint8Array): void {
    this.#liveness?.heard();
    const arrival = read(frame);
    if (!arrival) return;
    if ('message' in arrival) this.#arrived(arrival.message);
    this.#inbox?.add(arrival, frame.length);
  }

  /** What is true at once, however much waits to be handled before it. */
  #arrived(message: ServerMessage): void {
    if (message.t === 'pong') this.#liveness?.pong(message.at);
    // The server sends hashes where nothing goes on any more.
    else if (message.t !== 'hash') this.#liveness?.stir();
    // Its close may come before it is handled, and through a proxy without a reason.
    if (message.t === 'error' && message.retryMs === undefined) this.#fault = message.code;
    if (message.t === 'drain') {
      this.#drainUntil =
        this.#environment.now() + message.minMs + this.#environment.random() * (message.maxMs - message.minMs);
    }
  }

  #take(arrival: Arrival, isOver: () => boolean): Arrival | null {
    if ('fault' in arrival) {
      this.#events.broken(arrival.fault);
      return null;
    }
    const { message } = arrival;
    try {
      if (message.t === 'welcome') this.#welcomed();
      if (message.t === 'pong') this.#answered = Math.max(this.#answered, message.at);
      const rest = this.#events.message(message, isOver);
      return rest && { message: rest };
    } catch (error) {
      this.#events.broken(error);
      return null;
    }
  }

  #welcomed(): void {
    this.#clearTimers();
    this.#failures = 0;
    this.#drainUntil = null;
    this.#slow = false;
    this.#later(PROVEN_MS, () => {
      this.#attempt = 0;
    });
    this.#liveness = new Liveness(this.#environment, {
      ping: (at) => this.#socket?.send(JSON.stringify({ t: 'ping', at } satisfies ClientMessage)),
      changed: () => this.#events.changed(),
      dead: () => this.#drop(1006, true),
    });
    this.#set({ kind: 'live' });
  }

  /**
   * The socket is gone, or given up (`hangUp`). What of it was not handled yet is dropped: the next hello says which
   * revision we hold, and its welcome what is settled, so all of it comes again.
   */
  #drop(code: number, hangUp: boolean, reason = ''): void {
    const wasLive = this.#state.kind === 'live';
    const word = reason === '' ? this.#fault : reason;
    this.#release(hangUp);
    const fatal = isFatal(code);
    const waitMs = fatal ? 0 : this.#wait(code);
    if (fatal) {
      this.#state = { kind: 'lost', code, word };
    } else {
      if (!wasLive) this.#failures += 1;
      this.#state = { kind: 'waiting' };
      this.#later(waitMs, () => this.#connect());
    }
    this.#events.down(code, waitMs);
    this.#events.changed();
  }

  #wait(code: number): number {
    if (code === CloseCode.DRAINING && this.#drainUntil !== null) {
      return Math.max(0, this.#drainUntil - this.#environment.now());
    }
    return backoffDelay(this.#attempt++, () => this.#environment.random());
  }

  /** Forgets the socket: nothing of it is heard any more. */
  #release(hangUp: boolean): void {
    this.#clearTimers();
    this.#slow = false;
    this.#liveness?.stop();
    this.#liveness = null;
    this.#inbox?.stop();
    this.#inbox = null;
    this.#answered = -1;
    this.#fault = null;
    this.#token = null;
    const socket = this.#socket;
    this.#socket = null;
    if (hangUp) socket?.close(1000);
  }

  #setSlow(): void {
    this.#slow = true;
    this.#events.changed();
  }

  #set(state: LinkState): void {
    this.#state = state;
    this.#events.changed();
  }

  #later(ms: number, run: () => void): void {
    this.#cancels.push(this.#environment.after(ms, run));
  }

  #clearTimers(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }
}

/** Null: of a kind that this version does not know, and may pass over. */
function read(frame: string | Uint8Array): Arrival | null {
  try {
    const message = typeof frame === 'string' ? decodeServerMessage(frame) : decodeCompactOps(frame);
    return message && { message };
  } catch (fault) {
    return { fault };
  }
}
