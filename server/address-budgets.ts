import type { Clock } from './clock.ts';
import type { AddressRates, ServerLimits } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** What one address may still send: shared by its sockets and requests. */
export type AddressBudget = Readonly<Record<keyof AddressRates, TokenBucket>>;

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
    const budget = this.#budgets.get(address) ?? this.#fresh();
    this.#budgets.delete(address);
    this.#budgets.set(address, budget);
    if (this.#budgets.size > this.#limits.addresses) {
      const [oldest] = this.#budgets.keys();
      if (oldest !== undefined) this.#budgets.delete(oldest);
    }
    return budget;
  }

  #fresh(): AddressBudget {
    const { ops, bytes, joins, rooms, reads, writes, passwords } = this.#limits.addressRates;
    const now = this.#clock.now();
    return {
      ops: new TokenBucket(ops, now),
      bytes: new TokenBucket(bytes, now),
      joins: new TokenBucket(joins, now),
      rooms: new TokenBucket(rooms, now),
      reads: new TokenBucket(reads, now),
      writes: new TokenBucket(writes, now),
      passwords: new TokenBucket(passwords, now),
    };
  }
}
