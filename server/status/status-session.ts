import { z } from 'zod';
import { CloseCode, type ProtocolFault } from '../../lib/protocol/index.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { countEnd, type Counters } from '../counters.ts';
import type { Conversation } from '../endpoint.ts';
import type { ServerLimits } from '../limits.ts';
import { randomToken } from '../random.ts';
import type { Wire } from '../session.ts';
import { TokenBucket } from '../token-bucket.ts';
import type { StatusFeed } from './feed.ts';
import type { Keeper } from './keeper.ts';
import { isTopic, TOPICS, type Topic } from './samples.ts';

export interface StatusDeps {
  feed: StatusFeed;
  keeper: Keeper;
  clock: Clock;
  counters: Counters;
  node: string;
  limits: Pick<ServerLimits, 'socketRates' | 'slowNoCursors' | 'statusFrame'>;
}

/** Why a watcher is sent away; the close code says whether it may come back by itself. */
type Refusal =
  'bad-json' | 'bad-field' | 'bad-frame' | 'no-such-channel' | 'admin-wanted' | 'admin-wrong' | 'too-fast' | 'draining';

const messages = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('subscribe'), channel: z.string() }),
  z.strictObject({ t: z.literal('unsubscribe'), channel: z.string() }),
  z.strictObject({ t: z.literal('admin'), token: z.string() }),
]);

/** What identifies a room, and so is for keepers alone. */
const SECRET_TOPICS: ReadonlySet<Topic> = new Set<Topic>(['rooms']);

/** One watcher of the live dashboard: says what it wants to see, and is told it once a second. */
export class StatusSession implements Conversation {
  readonly id = randomToken();
  /** A watcher answers pings at any time. */
  readonly patientUntil = 0;
  readonly #wire: Wire;
  readonly #deps: StatusDeps;
  readonly #caller: Caller;
  readonly #allowance: TokenBucket;
  readonly #watches = new Map<Topic, () => void>();
  #isKeeper = false;
  #over = false;

  constructor(wire: Wire, deps: StatusDeps, caller: Caller) {
    this.#wire = wire;
    this.#deps = deps;
    this.#caller = caller;
    this.#allowance = new TokenBucket(deps.limits.socketRates.others, deps.clock.now());
    this.#say({ t: 'welcome', node: deps.node, admin: deps.keeper.isOn });
  }

  receive(frame: string): void {
    if (this.#over) return;
    const now = this.#deps.clock.now();
    if (this.#allowance.waitMs(now) > 0) {
      return this.#refuse('too-fast', CloseCode.TOO_FAST, 'Messages come faster than anybody changes channels.');
    }
    this.#allowance.take(now);
    const json = jsonOf(frame);
    if (json === undefined) return this.#refuse('bad-json', CloseCode.BAD_MESSAGE, 'The message is not JSON.');
    const { success, data: message } = messages.safeParse(json);
    if (!success) {
      return this.#refuse(
        'bad-field',
        CloseCode.BAD_MESSAGE,
        'A message is {t: "subscribe" or "unsubscribe", channel} or {t: "admin", token}.',
      );
    }
    switch (message.t) {
      case 'subscribe':
        return this.#named(message.channel, (topic) => this.#watch(topic));
      case 'unsubscribe':
        return this.#named(message.channel, (topic) => this.#unwatch(topic));
      case 'admin':
        return this.#admit(message.token);
    }
  }

  receiveBinary(): void {
    this.#refuse('bad-frame', CloseCode.BAD_MESSAGE, 'Messages are text frames, and this one was binary.');
  }

  /** What the gateway tells everybody is in another language; the close that follows it is told by `end`. */
  send(): void {}

  end({ close, message }: ProtocolFault): void {
    this.#refuse('draining', close, message);
  }

  closed(): void {
    this.#over = true;
    for (const stop of this.#watches.values()) stop();
    this.#watches.clear();
  }

  /** The channels that there are for this server's watchers: without a keeper none is secret. */
  #named(channel: string, act: (topic: Topic) => void): void {
    const { keeper } = this.#deps;
    const known = TOPICS.filter((topic) => keeper.isOn || !SECRET_TOPICS.has(topic));
    if (isTopic(channel) && known.includes(channel)) return act(channel);
    this.#refuse('no-such-channel', CloseCode.BAD_MESSAGE, `There is no such channel. There are: ${known.join(', ')}.`);
  }

  #watch(topic: Topic): void {
    if (SECRET_TOPICS.has(topic) && !this.#isKeeper) {
      return this.#refuse('admin-wanted', CloseCode.PASSWORD, `Channel ${topic} is for whoever has the admin token.`);
    }
    if (this.#watches.has(topic)) return;
    const stop = this.#deps.feed.subscribe(topic, (frame) => {
      // Whoever reads slowly sees fewer samples; the next one says all that this did.
      if (this.#wire.buffered <= this.#deps.limits.slowNoCursors) this.#send(frame);
    });
    this.#watches.set(topic, stop);
  }

  #unwatch(topic: Topic): void {
    this.#watches.get(topic)?.();
    this.#watches.delete(topic);
  }

  #admit(token: string): void {
    const admission = this.#deps.keeper.admit(token, this.#caller);
    switch (admission.kind) {
      case 'in':
        this.#isKeeper = true;
        return this.#say({ t: 'admin' });
      case 'off':
        return this.#refuse('bad-field', CloseCode.BAD_MESSAGE, 'This server has no admin token.');
      case 'wanted':
      case 'wrong':
        return this.#refuse('admin-wrong', CloseCode.FORBIDDEN, 'That is not the admin token.');
      case 'slow': {
        const seconds = Math.ceil(admission.retryMs / 1_000);
        return this.#refuse('too-fast', CloseCode.TOO_FAST, `Too many tries. Try again in ${seconds} s.`);
      }
    }
  }

  #refuse(code: Refusal, close: CloseCode, message: string): void {
    if (this.#over) return;
    countEnd(this.#deps.counters, code);
    this.#say({ t: 'error', code, message });
    this.closed();
    this.#wire.close(close, code);
  }

  #say(message: object): void {
    this.#send(Buffer.from(JSON.stringify(message), 'utf8'));
  }

  #send(frame: Buffer): void {
    this.#deps.counters.bytesOut += frame.length;
    this.#wire.send(frame);
  }
}

/** Undefined if it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
