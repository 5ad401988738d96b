import type { AddressBudget } from './address-budgets.ts';
import type { Clock } from './clock.ts';
import type { ServerLimits } from './limits.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

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

type Own = 'ops' | 'bytes' | 'patience' | keyof AllowanceLimits['socketRates'];

/** What one socket may still send, within what its address may. */
export class Allowance {
  readonly #clock: Clock;
  readonly #limits: AllowanceLimits;
  readonly #address: AddressBudget;
  /** Of what this socket has needed at least once, for most never send most of it. One that is made late is full. */
  readonly #made: Partial<Record<Own, TokenBucket>> = {};

  constructor(clock: Clock, limits: AllowanceLimits, address: AddressBudget) {
    this.#clock = clock;
    this.#limits = limits;
    this.#address = address;
  }

  /** May this message be handled? It costs all its buckets or none of them. */
  admit(what: Cost, bytes: number): Verdict {
    const wait = this.take(what, bytes);
    return wait > 0 ? this.refuse(wait) : { kind: 'taken' };
  }

  /** Pays for a message if it may be handled now, and gives 0; otherwise gives the milliseconds until it may be, and pays nothing. */
  take(what: Cost, bytes: number): number {
    const now = this.#clock.now();
    const own = this.#bucket(what === 'op' ? 'ops' : RATE_OF[what], now);
    const bytesOfOwn = this.#bucket('bytes', now);
    const shared = what === 'op' ? this.#address.ops : null;
    const { bytes: ofAddress } = this.#address;
    const wait = Math.max(
      bytesOfOwn.waitMs(now, bytes),
      ofAddress.waitMs(now, bytes),
      own.waitMs(now),
      shared?.waitMs(now) ?? 0,
    );
    if (wait > 0) return wait;
    bytesOfOwn.take(now, bytes);
    ofAddress.take(now, bytes);
    own.take(now);
    shared?.take(now);
    return 0;
  }

  /** Says "later" for a reason that is not a rate. It tries the patience all the same. */
  refuse(retryMs: number): Verdict {
    const now = this.#clock.now();
    const patience = this.#bucket('patience', now);
    if (patience.waitMs(now) > 0) return { kind: 'abuse' };
    patience.take(now);
    // Whoever waits this long each time never runs out of patience.
    const shortestMs = Math.ceil(1_000 / this.#limits.patience.perSecond);
    return { kind: 'later', retryMs: Math.max(retryMs, shortestMs) };
  }

  /** May this address join, or make, one more room? Pays if so. */
  admitTo(what: 'joins' | 'rooms'): boolean {
    const now = this.#clock.now();
    const bucket = this.#address[what];
    if (bucket.waitMs(now) > 0) return false;
    bucket.take(now);
    return true;
  }

  #bucket(what: Own, now: number): TokenBucket {
    return (this.#made[what] ??= new TokenBucket(this.#rateOf(what), now));
  }

  #rateOf(what: Own): Rate {
    const { advertised, socketRates, burstSeconds, patience } = this.#limits;
    switch (what) {
      case 'ops':
        return rate(advertised.opsPerSecond, burstSeconds.ops);
      case 'bytes':
        return rate(advertised.bytesPerSecond, burstSeconds.bytes);
      case 'patience':
        return patience;
      default:
        return socketRates[what];
    }
  }
}

function rate(perSecond: number, seconds: number): Rate {
  return { perSecond, burst: perSecond * seconds };
}
