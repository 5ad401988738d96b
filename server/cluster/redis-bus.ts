import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import { randomToken } from '../random.ts';
import { BusListeners } from './bus-listeners.ts';
import type { Bus, BusListener } from './bus.ts';
import { RedisLink } from './redis-link.ts';
import { isRefusal, placeOf, reasonOf } from './redis-reason.ts';

export interface RedisBusOptions {
  /** `redis:` or `rediss:`, with user and password if Redis wants them. */
  url: string;
  /** What this node is called; a suffix makes it another one for each process. */
  name: string;
  limits: Pick<ServerLimits, 'busMessage' | 'busUnanswered'>;
  clock: Clock;
  log: Log;
  /** From 0 to 1, for the jitter. */
  random?: () => number;
}

/** Connecting, signing in and asking for the first channel together, in ms. */
const CONNECT_MS = 3_000;
/** Both connections are asked this long after their last answer, in ms … */
const PING_MS = 1_000;
/** … and have this long to answer. Together they stay below the 3 s after which a dead Redis has to be known. */
const PONG_MS = 1_500;
/** The first pause before connecting again, in ms; each one is twice the one before, up to … */
const FIRST_PAUSE_MS = 50;
/** … this. Short, because a try costs nothing and people wait for each other's edits. */
const LONGEST_PAUSE_MS = 2_000;
/** A link that lived this long, in ms, was a good one: the pauses begin anew. */
const GOOD_MS = 10_000;
/** How long the last words may take when the bus is closed, in ms. */
const CLOSE_MS = 500;
/** About what the client keeps for a command besides its message, in bytes. */
const COMMAND_BYTES = 500;

type State =
  /** `cancel`: the deadline. */
  | { is: 'connecting'; link: RedisLink; cancel: () => void }
  /** `cancel`: the next ping, or the deadline of this one. */
  | { is: 'up'; link: RedisLink; since: number; unanswered: number; cancel: () => void }
  /** `cancel`: the next try. */
  | { is: 'down'; cancel: () => void }
  | { is: 'closed' };

/**
 * A bus by way of Redis' PUBLISH and SUBSCRIBE. Resolves when Redis has answered, or is found not to: then the bus is down and
 * tries for ever. Rejects with a sentence if Redis refuses us, such as by a wrong password.
 */
export async function createRedisBus(options: RedisBusOptions): Promise<Bus> {
  const bus = new RedisBus(options);
  const first = await bus.firstTry;
  if (first === null || !isRefusal(first)) return bus;
  await bus.close();
  const reason = reasonOf(first, options.url);
  throw new Error(
    `Redis at ${placeOf(options.url)} refuses this server: ${reason} Check user, password and database in REDIS_URL, and that this user may use the channels tandem:*.`,
  );
}

class RedisBus implements Bus {
  readonly node: string;
  /** What it failed with, or null. */
  readonly firstTry: Promise<unknown>;
  #firstTryOver: (failure: unknown) => void = () => {};
  readonly #options: RedisBusOptions;
  readonly #listeners: BusListeners;
  #state: State;
  /** Tries since the last good link. */
  #tries = 0;
  #dropped = 0;

  constructor(options: RedisBusOptions) {
    this.#options = options;
    this.node = `${options.name}~${randomToken().slice(0, 8)}`;
    this.#listeners = new BusListeners((error) => options.log.error({ err: error }, 'a listener of the bus failed'));
    this.firstTry = new Promise((resolve) => (this.#firstTryOver = resolve));
    this.#state = this.#connect();
  }

  get up(): boolean {
    return this.#state.is === 'up';
  }

  get dropped(): number {
    return this.#dropped;
  }

  publish(channel: string, message: string): void {
    const { limits } = this.#options;
    const state = this.#state;
    const bytes = Buffer.byteLength(message);
    const cost = bytes + COMMAND_BYTES;
    if (state.is !== 'up' || bytes > limits.busMessage || state.unanswered + cost > limits.busUnanswered) {
      this.#dropped++;
      return;
    }
    state.unanswered += cost;
    state.link.publish(channel, `${this.node}\n${message}`).then(
      () => {
        state.unanswered -= cost;
      },
      (error: unknown) => {
        this.#dropped++;
        this.#failed(state.link, error);
      },
    );
  }

  subscribe(channel: string, listener: BusListener): () => void {
    if (this.#state.is === 'closed') return () => {};
    const isFirst = !this.#listeners.has(channel);
    const remove = this.#listeners.add(channel, listener, () => this.#leave(channel));
    if (isFirst && this.#state.is === 'up') this.#ask(this.#state.link, [channel]);
    return remove;
  }

  onGap(listener: (channels: readonly string[]) => void): () => void {
    return this.#listeners.addGap(listener);
  }

  async close(): Promise<void> {
    const state = this.#state;
    if (state.is === 'closed') return;
    this.#state = { is: 'closed' };
    this.#listeners.clear();
    state.cancel();
    if (state.is === 'down') return;
    if (state.is === 'up') await this.#lastWords(state.link);
    state.link.end();
    this.#firstTryOver(null);
  }

  /** Waits until what was published is with Redis, but not for long: a node that leaves says so. */
  #lastWords(link: RedisLink): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(CLOSE_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      link.ping().then(done, done);
    });
  }

  #connect(): State {
    const { url, clock } = this.#options;
    const link: RedisLink = new RedisLink(url, {
      heard: (channel, message) => this.#heard(channel, message),
      ended: (reason) => this.#failed(link, reason),
    });
    link.connect().then(
      () => this.#connected(link),
      (error: unknown) => this.#failed(link, error),
    );
    const late = (): void => this.#failed(link, new Error(`It did not answer within ${CONNECT_MS} ms.`));
    return { is: 'connecting', link, cancel: clock.after(CONNECT_MS, late) };
  }

  #connected(link: RedisLink): void {
    const state = this.#state;
    if (state.is !== 'connecting' || state.link !== link) return;
    state.cancel();
    const { clock, log, url } = this.#options;
    this.#state = { is: 'up', link, since: clock.now(), unanswered: 0, cancel: () => {} };
    this.#pingLater(link);
    log.info({ redis: placeOf(url), node: this.node }, 'the bus is up');
    this.#ask(link, this.#listeners.channels);
    this.#firstTryOver(null);
  }

  /** The link is of no use any more: another one is tried after a pause. */
  #failed(link: RedisLink, error: unknown): void {
    const state = this.#state;
    if (state.is === 'closed' || state.is === 'down' || state.link !== link) return;
    state.cancel();
    link.end();
    const { clock, log, url, random = Math.random } = this.#options;
    if (state.is === 'up' && clock.now() - state.since >= GOOD_MS) this.#tries = 0;
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** this.#tries, LONGEST_PAUSE_MS);
    // Half of it at random: the nodes should not all come at once.
    const pause = longest * (0.5 + 0.5 * random());
    const level = state.is === 'up' || this.#tries === 0 ? 'warn' : 'debug';
    log[level]({ redis: placeOf(url), reason: reasonOf(error, url) }, 'the bus is down, trying again');
    this.#tries++;
    this.#state = { is: 'down', cancel: clock.after(pause, () => (this.#state = this.#connect())) };
    this.#firstTryOver(error);
  }

  #pingLater(link: RedisLink): void {
    this.#wait(link, PING_MS, () => {
      // A turn later: if this process itself stood still, the answer has come and was not read yet.
      this.#wait(link, PONG_MS, () =>
        setImmediate(() => {
          if (!answered) this.#failed(link, new Error(`It did not answer within ${PONG_MS} ms.`));
        }),
      );
      let answered = false;
      link.ping().then(
        () => {
          answered = true;
          this.#pingLater(link);
        },
        (error: unknown) => this.#failed(link, error),
      );
    });
  }

  /** Replaces what this link waited for. */
  #wait(link: RedisLink, ms: number, run: () => void): void {
    const state = this.#state;
    if (state.is !== 'up' || state.link !== link) return;
    state.cancel();
    state.cancel = this.#options.clock.after(ms, run);
  }

  #ask(link: RedisLink, channels: readonly string[]): void {
    if (channels.length === 0) return;
    link.subscribe(channels).then(
      () => {
        if (this.#state.is !== 'up' || this.#state.link !== link) return;
        const wanted = channels.filter((channel) => this.#listeners.has(channel));
        if (wanted.length > 0) this.#listeners.gap(wanted);
      },
      (error: unknown) => this.#failed(link, error),
    );
  }

  #leave(channel: string): void {
    const state = this.#state;
    if (state.is !== 'up') return;
    state.link.unsubscribe(channel).catch((error: unknown) => this.#failed(state.link, error));
  }

  #heard(channel: string, raw: string): void {
    const end = raw.indexOf('\n');
    const node = raw.slice(0, end);
    const message = raw.slice(end + 1);
    // Somebody else's words in our channels; what is too large for us is not ours either.
    if (end === -1 || Buffer.byteLength(message) > this.#options.limits.busMessage) {
      this.#options.log.debug({ channel }, 'a message on the bus that is none');
      return;
    }
    if (node !== this.node) this.#listeners.deliver(channel, message, node);
  }
}
