/** Silence after which a ping is due. */
const IDLE_MS = 10_000;
/**
 * And after which the next ones are, as long as nothing else is said by either end: every ping wakes the server. It beats every
 * 45 s by itself; this is for one that does not, and under the 60 s after which proxies close an idle connection.
 */
const RESTING_MS = 55_000;
/** Without an answer for this long the socket is dead (DESIGN §5). */
export const DEAD_MS = 10_000;
/** After a sleep, or when the system reports the network gone: the user is looking, so doubt is settled sooner. */
export const PROBE_DEAD_MS = 3_000;
/** Trouble has to be on the screen within 3 s of a keystroke; the rest is for the ping to leave and the screen to draw. */
export const SILENT_MS = 2_500;

/** What was heard this recently needs no ping; with `SILENT_MS` it stays below 3 s. */
const FRESH_MS = 400;

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

interface LivenessEvents {
  ping(at: number): void;
  /** `silent` has changed. */
  changed(): void;
  dead(): void;
}

/**
 * Is the other end of an open socket still there? Only an unanswered ping tells; a quiet socket may be healthy. Anything
 * heard counts as life, for a pong may stand behind a long message.
 */
export class Liveness {
  /** A ping has been unanswered for `SILENT_MS`. */
  silent = false;
  readonly #world: World;
  readonly #events: LivenessEvents;
  /** When the oldest unanswered ping was sent, and its `at`s, oldest first. */
  #open: { at: number; sentAt: number }[] = [];
  #lastAt = 0;
  #heardAt: number;
  #deadMs = DEAD_MS;
  #idleMs = IDLE_MS;
  #cancelIdle: () => void;
  #cancelWatch: (() => void) | null = null;

  constructor(world: World, events: LivenessEvents) {
    this.#world = world;
    this.#events = events;
    this.#heardAt = world.now();
    this.#cancelIdle = world.after(IDLE_MS, () => this.#idle());
  }

  /** Sends a ping and returns its `at`, which the answer repeats. `deadMs`: how long to wait for an answer. */
  ping(deadMs: number = DEAD_MS): number {
    const now = this.#world.now();
    // Strictly growing, so that an answer tells which of two pings in one millisecond it is for.
    this.#lastAt = Math.max(now, this.#lastAt + 0.001);
    this.#open.push({ at: this.#lastAt, sentAt: now });
    this.#deadMs = Math.min(this.#deadMs, deadMs);
    this.#watch();
    this.#events.ping(this.#lastAt);
    return this.#lastAt;
  }

  /** Something is being written. Pings, unless an answer is awaited already or something was heard just now. */
  doubt(): void {
    this.stir();
    if (this.#open.length === 0 && this.#world.now() - this.#heardAt >= FRESH_MS) this.ping();
  }

  /** Something goes on here: a dead line would be missed sooner. */
  stir(): void {
    if (this.#idleMs !== IDLE_MS) this.#waitIdle(IDLE_MS);
  }

  /** Something has arrived. */
  heard(): void {
    this.#heardAt = this.#world.now();
    if (!this.silent) return;
    this.#setSilent(false);
    this.#watch();
  }

  pong(at: number): void {
    this.#open = this.#open.filter((ping) => ping.at > at);
    if (this.#open.length === 0) this.#deadMs = DEAD_MS;
    this.#watch();
  }

  stop(): void {
    this.#cancelIdle();
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#open = [];
  }

  #idle(): void {
    const quiet = this.#world.now() - this.#heardAt;
    if (quiet < this.#idleMs) return this.#waitIdle(this.#idleMs, quiet);
    if (this.#open.length === 0) this.ping();
    this.#waitIdle(RESTING_MS);
  }

  /** The next ping is due after so much silence, of which there was some already. */
  #waitIdle(idleMs: number, quiet = 0): void {
    this.#idleMs = idleMs;
    this.#cancelIdle();
    this.#cancelIdle = this.#world.after(idleMs - quiet, () => this.#idle());
  }

  /** Sets the timer for what an unanswered ping leads to next. */
  #watch(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    const [oldest] = this.#open;
    if (!oldest) return;
    const waited = this.#world.now() - Math.max(oldest.sentAt, this.#heardAt);
    if (waited >= this.#deadMs) return this.#events.dead();
    if (waited >= SILENT_MS) this.#setSilent(true);
    const next = waited >= SILENT_MS ? this.#deadMs - waited : Math.min(SILENT_MS, this.#deadMs) - waited;
    this.#cancelWatch = this.#world.after(next, () => this.#watch());
  }

  #setSilent(silent: boolean): void {
    if (silent === this.silent) return;
    this.silent = silent;
    this.#events.changed();
  }
}
