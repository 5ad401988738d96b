import { guestsOf, type Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Door, Storage } from '../storage/storage.ts';
import { Passwords, type PasswordLimits } from './passwords.ts';
import { refusals, TooManyTries } from './refusals.ts';

/** Somebody asks to come in. */
export interface Knock {
  token: string;
  caller: Caller;
  /** As its hello says; empty if it says none. */
  person: string;
  password: string | null;
}

/** What a link asks of whoever comes by it. The same for every door: sockets, Yjs, REST and so pages. */
export class Doors {
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly passwords: Passwords;

  constructor({ storage, clock, limits }: { storage: Storage; clock: Clock; limits: PasswordLimits }) {
    this.#storage = storage;
    this.#clock = clock;
    this.passwords = new Passwords(clock, limits);
  }

  /** Who is behind a link's token, for this knock; null if nobody is. */
  find({ token, caller, person }: Knock): Promise<Door | null> {
    return this.#storage.findDoor(token, guestsOf(caller, person));
  }

  /** Rejects with the fault that says why not. In the order of the table, so that a removed guest cannot try passwords. */
  async check({ link, isBarred }: Door, { caller, password }: Knock): Promise<void> {
    if (link.revokedAt !== null) throw refusals.revoked();
    if (link.expiresAt !== null && link.expiresAt <= this.#clock.now()) throw refusals.expired();
    // An owner who removes themselves must find the way back.
    if (link.role !== 'owner' && isBarred) throw refusals.removed();
    if (link.passwordHash === null) return;
    if (password === null) throw refusals.passwordWanted();
    const name = `${link.room}/${link.number}`;
    const verdict = await this.passwords.check(name, link.passwordHash, password, caller.budget.passwords);
    if (verdict === 'wrong') throw refusals.passwordWrong();
    if (verdict !== 'right') throw new TooManyTries(verdict.retryMs);
  }
}
