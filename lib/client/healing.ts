import type { ServerMessage } from '../protocol/index.ts';
import type { Connection } from './connection.ts';
import type { Hashing } from './hashing.ts';
import { Inconsistent, type Replica } from './replica.ts';

/** Why the next hello asks for the whole text. */
export type NeedOfText = 'mismatch' | 'resync';

/** What is done when the own text cannot be gone on with: a new connection, which resumes or brings the whole text. */
export class Healing {
  readonly #connection: Connection;
  readonly #replica: Replica;
  #need: NeedOfText | null = null;
  /** What was worked out so far for a hash that came. */
  #comparing: { message: ServerMessage; hashing: Hashing } | null = null;
  /** In a row, without an entry between them. */
  #gaps = 0;

  constructor(connection: Connection, replica: Replica) {
    this.#connection = connection;
    this.#replica = replica;
  }

  /** The next hello has to ask for the whole text. */
  get needsText(): boolean {
    return this.#need !== null;
  }

  demandText(why: NeedOfText): void {
    this.#need = why;
    this.#connection.restart();
  }

  /** Compares the texts, until `isOver`. False if there is more to be done, with the same message and no other before it. */
  compare(message: ServerMessage & { t: 'hash' }, isOver: () => boolean): boolean {
    const { rev, hash } = message;
    if (rev !== this.#replica.state.rev) return true;
    if (this.#comparing?.message !== message) this.#comparing = { message, hashing: this.#replica.hashing() };
    const ours = this.#comparing.hashing.work(isOver);
    if (ours === null) return false;
    this.#comparing = null;
    if (ours !== hash && this.#connection.send({ t: 'mismatch', rev, hash: ours })) this.demandText('mismatch');
    return true;
  }

  /** Something could not be handled: what it said is not known. */
  broken(error: unknown): void {
    this.demandText(error instanceof Inconsistent ? 'mismatch' : 'resync');
  }

  /** Entries are missing. */
  gap(): void {
    this.#gaps += 1;
    // Resuming brings exactly the missing entries; only if that fails too is the text itself asked for.
    if (this.#gaps === 1) this.#connection.restart();
    else this.demandText('resync');
  }

  /** The next entry came. */
  entry(): void {
    this.#gaps = 0;
  }

  /** The whole text came. Returns why it had been asked for; null if it had not. */
  healed(): NeedOfText | null {
    const why = this.#need;
    this.#need = null;
    return why;
  }
}
