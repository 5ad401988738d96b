import type { AddressBudget } from './address-budgets.ts';
import type { Clock } from './clock.ts';
import type { ServerLimits } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

export type AllowanceLimits = Pick<ServerLimits, 'advertised' | 'socketRates' | 'burstSeconds' | 'patience'>;

/** What a message costs besides its bytes. `sync`: an answer with all that a Y.Doc has. */
export type Cost = 'op' | 'cursor' | 'ping' | 'awareness' | 'sync' | 'other';

const RATE_OF: Readonly<Record<Exclude<Cost, 'op'>, keyof AllowanceLimits['socketRates']>> = {
  cursor: 'cursors',
  ping: 'pings',
  awareness: 'awareness',
  sync: 'syncs',
  other: 'others',
};

export type Verdict =
  | { kind: 'taken' }
  /** Nothing was taken; the same again after `retryMs`. */
  | { kind: 'later'; retryMs: number }
  /** It was told so again and again. */
  | { kind: 'abuse' };

/** What one socket may still send, within what its address may. */
export class Allowance {
  readonly #clock: Clock;
  readonly #address: AddressBudget;
  readonly #ops: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #rates: AllowanceLimits['socketRates'];
  /** Of what this socket has sent at least once; most never send most of it. */
  readonly #rare = new Map<keyof AllowanceLimits['socketRates'], TokenBucket>();
  readonly #patience: TokenBucket;
  /** Whoever waits this long each time never runs out of patience, in ms. */
  readonly #shortestWaitMs: number;

  constructor(clock: Clock, limits: AllowanceLimits, address: AddressBudget) {
    const now = clock.now();
    const { advertised, socketRates, burstSeconds } = limits;
    const bucket = (perSecond: number, seconds: number): TokenBucket =>
      new TokenBucket({ perSecond, burst: perSecond * seconds }, now);
    this.#clock = clock;
    this.#address = address;
    this.#ops = bucket(advertised.opsPerSecond, burstSeconds.ops);
    this.#bytes = bucket(advertised.bytesPerSecond, burstSeconds.bytes);
    this.#rates = socketRates;
    this.#patience = new TokenBucket(limits.patience, now);
    this.#shortestWaitMs = Math.ceil(1_000 / limits.patience.perSecond);
  }

  /** May this message be handled? It costs all its buckets or none of them. */
  admit(what: Cost, bytes: number): Verdict {
    const wait = this.take(what, bytes);
    return wait > 0 ? this.refuse(wait) : { kind: 'taken' };
  }

  /** Pays for a message if it may be handled now, and gives 0; otherwise gives the milliseconds until it may be, and pays nothing. */
  take(what: Cost, bytes: number): number {
    const now = this.#clock.now();
    const own = what === 'op' ? this.#ops : this.#rareBucket(RATE_OF[what], now);
    const shared = what === 'op' ? this.#address.ops : null;
    const { bytes: ofAddress } = this.#address;
    const wait = Math.max(
      this.#bytes.waitMs(now, bytes),
      ofAddress.waitMs(now, bytes),
      own.waitMs(now),
      shared?.waitMs(now) ?? 0,
    );
    if (wait > 0) return wait;
    this.#bytes.take(now, bytes);
    ofAddress.take(now, bytes);
    own.take(now);
    shared?.take(now);
    return 0;
  }

  /** Says "later" for a reason that is not a rate. It tries the patience all the same. */
  refuse(retryMs: number): Verdict {
    const now = this.#clock.now();
    if (this.#patience.waitMs(now) > 0) return { kind: 'abuse' };
    this.#patience.take(now);
    return { kind: 'later', retryMs: Math.max(retryMs, this.#shortestWaitMs) };
  }

  /** May this address join, or make, one more room? Pays if so. */
  admitTo(what: 'joins' | 'rooms'): boolean {
    const now = this.#clock.now();
    const bucket = this.#address[what];
    if (bucket.waitMs(now) > 0) return false;
    bucket.take(now);
    return true;
  }

  #rareBucket(kind: keyof AllowanceLimits['socketRates'], now: number): TokenBucket {
    const known = this.#rare.get(kind);
    if (known) return known;
    const made = new TokenBucket(this.#rates[kind], now);
    this.#rare.set(kind, made);
    return made;
  }
}
