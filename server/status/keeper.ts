import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { sameSecret } from '../secret.ts';

export type Admission =
  | { kind: 'in' }
  /** Nobody keeps this server: there is nothing for keepers here. */
  | { kind: 'off' }
  | { kind: 'wanted' }
  | { kind: 'wrong' }
  /** Too many wrong ones came from this address; the next may be said in `retryMs`. */
  | { kind: 'slow'; retryMs: number };

/** Tells whoever keeps this server (ADMIN_TOKEN) from everybody else. */
export class Keeper {
  readonly #token: string | null;
  readonly #clock: Clock;

  /** `token`: null switches everything for keepers off. */
  constructor(token: string | null, clock: Clock) {
    this.#token = token;
    this.#clock = clock;
  }

  get isOn(): boolean {
    return this.#token !== null;
  }

  /** `said`: null if nothing was. Wrong ones cost the address what wrong passwords do, right ones nothing. */
  admit(said: string | null, { budget }: Pick<Caller, 'budget'>): Admission {
    if (this.#token === null) return { kind: 'off' };
    if (said === null) return { kind: 'wanted' };
    const now = this.#clock.now();
    // Before the comparison, or trying could go on unseen.
    const retryMs = budget.passwords.waitMs(now);
    if (retryMs > 0) return { kind: 'slow', retryMs };
    if (sameSecret(said, this.#token)) return { kind: 'in' };
    budget.passwords.take(now);
    return { kind: 'wrong' };
  }
}
