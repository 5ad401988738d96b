import type { Clock } from './clock.ts';
import type { AddressRates, ServerLimits } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** What one address may still send: shared by its sockets and requests. */
export class AddressBudget implements Readonly<Record<keyof AddressRates, TokenBucket>> {
  readonly #clock: Clock;
  readonly #rates: AddressRates;
  /** Most addresses never need most of them. One that is made late is full, as it would be if nobody had taken from it. */
  readonly #made: Partial<Record<keyof AddressRates, TokenBucket>> = {};

  constructor(clock: Clock, rates: AddressRates) {
    this.#clock = clock;
    this.#rates = rates;
  }

  get ops(): TokenBucket {
    return this.#bucket('ops');
  }

  get bytes(): TokenBucket {
    return this.#bucket('bytes');
  }

  get joins(): TokenBucket {
    return this.#bucket('joins');
  }

  get rooms(): TokenBucket {
    return this.#bucket('rooms');
  }

  get reads(): TokenBucket {
    return this.#bucket('reads');
  }

  get writes(): TokenBucket {
    return this.#bucket('writes');
  }

  get passwords(): TokenBucket {
    return this.#bucket('passwords');
  }

  #bucket(what: keyof AddressRates): TokenBucket {
    return (this.#made[what] ??= new TokenBucket(this.#rates[what], this.#clock.now()));
  }
}

export type AddressLimits = Pick<ServerLimits, 'addressRates' | 'addresses'>;

/** The budgets of the addresses that were heard of lately. Bounded: the one that was longest silent goes first. */
export class AddressBudgets {
  readonly #clock: Clock;
  readonly #limits: AddressLimits;
  /** In the order of their last use. */
  readonly #budgets = new Map<string, AddressBudget>();

  constructor(clock: Clock, limits: AddressLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#budgets.size;
  }

  of(address: string): AddressBudget {
    const budget = this.#budgets.get(address) ?? new AddressBudget(this.#clock, this.#limits.addressRates);
    this.#budgets.delete(address);
    this.#budgets.set(address, budget);
    if (this.#budgets.size > this.#limits.addresses) {
      const [oldest] = this.#budgets.keys();
      if (oldest !== undefined) this.#budgets.delete(oldest);
    }
    return budget;
  }
}
