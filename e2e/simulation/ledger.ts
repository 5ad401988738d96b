import { apply, checkOp, fitOp, fnv1a, isClean, type Op } from '../../lib/ot/index.ts';
import type { Entry, StoredAuthor } from '../../server/storage/storage.ts';
import { deletedBy, insertedBy, nameOf, tokensIn } from './tokens.ts';
import type { World } from './world.ts';

interface Recorded extends Entry {
  /** The op as JSON, for comparing with what was shown. */
  json: string;
}

/**
 * One room's log as an unbelieving witness keeps it: fed with what became durable, in the moment it did, by nothing but
 * `apply`. All that the server says is compared with it.
 */
export class Ledger {
  epoch: string;
  readonly #world: World;
  #entries: Recorded[] = [];
  /** The text at each revision from 0 on. */
  #texts: string[] = [''];
  /** "author:seq" of all entries. */
  #keys = new Set<string>();
  /** Letters that this log inserted, and those that any log of the room ever did. */
  #inserted = new Set<string>();
  readonly #everInserted = new Set<string>();
  /** Letters of a lost log that may come from two sides now. */
  readonly #adrift = new Set<string>();
  /** The newest settled seq of each author. */
  #settled = new Map<number, number>();
  /** The newest revision that anybody was shown. */
  shown = 0;
  /** What anybody was shown of a revision, of this epoch. */
  readonly #seen = new Map<number, string>();

  constructor(world: World, epoch: string) {
    this.#world = world;
    this.epoch = epoch;
  }

  get head(): number {
    return this.#entries.length;
  }

  get text(): string {
    return this.#texts[this.head] ?? '';
  }

  textAt(rev: number): string | undefined {
    return this.#texts[rev];
  }

  hashAt(rev: number): string {
    return fnv1a(this.#texts[rev] ?? '');
  }

  /** An entry became durable. */
  commit(entry: Entry): void {
    const world = this.#world;
    const { rev, author, seq, op } = entry;
    world.mix(rev * 31 + author * 7 + seq);
    world.trace(() => `log     ${rev} = author ${author} seq ${seq} ${JSON.stringify(op)}`);
    world.coverage.count('entries');
    if (rev !== this.head + 1) world.fail('P1', `Revision ${rev} follows ${this.head} in the log.`);
    const key = `${author}:${seq}`;
    if (this.#keys.has(key)) world.fail('P3', `Author ${author} has seq ${seq} twice in the log, again at ${rev}.`);
    this.#keys.add(key);
    this.settle(author, seq);
    const text = this.text;
    const fault = checkOp(op, Number.MAX_SAFE_INTEGER) ?? fitOp(op, text);
    if (fault) {
      world.fail('P6', `Revision ${rev} is no clean op on its text: ${fault.message}`);
      return;
    }
    const inserted = insertedBy(op);
    for (const letter of tokensIn(inserted)) {
      if (this.#inserted.has(letter) && !this.#adrift.has(letter))
        world.fail('P3', `Revision ${rev} types ${nameOf(letter)} a second time.`);
      this.#inserted.add(letter);
      this.#everInserted.add(letter);
    }
    if (!isClean(inserted)) world.fail('P6', `Revision ${rev} inserts text that is not clean.`);
    this.#entries.push({ ...entry, json: JSON.stringify(op) });
    this.#texts.push(apply(text, op));
  }

  /** A `seq` was durably settled, with or without an entry. */
  settle(author: number, seq: number): void {
    this.#settled.set(author, Math.max(seq, this.settledSeq(author)));
  }

  settledSeq(author: number): number {
    return this.#settled.get(author) ?? 0;
  }

  /** Somebody is being shown revision `rev`: it has to be durable, and just this (P2). */
  show(rev: number, author: number, seq: number, op: Op): void {
    const entry = this.#entries[rev - 1];
    if (!entry) {
      this.#world.fail('P2', `Revision ${rev} is shown, and the log on disk ends at ${this.head}.`);
    } else if (entry.author !== author || entry.seq !== seq || !sameOp(entry.op, op)) {
      this.#world.fail('P2', `Revision ${rev} is shown as author ${author} seq ${seq}, and the log has another entry.`);
    }
    this.shown = Math.max(this.shown, rev);
  }

  /** A screen has received revision `rev`. */
  saw(rev: number, author: number, seq: number, op: Op): void {
    this.#seen.set(rev, `${author}:${seq}:${JSON.stringify(op)}`);
  }

  /** Somebody may bring these a second time, for the log that held them was lost. */
  letGo(letters: readonly string[]): void {
    for (const letter of letters) this.#adrift.add(letter);
  }

  has(letter: string): boolean {
    return this.#everInserted.has(letter);
  }

  /**
   * The log is replaced by one that ends at `head`, under a new epoch. Returns the letters that the lost entries typed and
   * deleted.
   */
  restore(head: number, authors: readonly StoredAuthor[], epoch: string): { typed: string[]; deleted: string[] } {
    const lost = this.#entries.slice(head);
    const typed = lost.flatMap(({ op }) => tokensIn(insertedBy(op)));
    const deleted = lost.flatMap(({ rev, op }) => tokensIn(deletedBy(op, this.#texts[rev - 1] ?? '')));
    this.epoch = epoch;
    this.#entries = this.#entries.slice(0, head);
    this.#texts = this.#texts.slice(0, head + 1);
    this.#settled = new Map(authors.map(({ author, last }) => [author, last?.seq ?? 0]));
    this.#keys = new Set(this.#entries.map(({ author, seq }) => `${author}:${seq}`));
    this.#inserted = new Set(this.#entries.flatMap(({ op }) => tokensIn(insertedBy(op))));
    this.shown = 0;
    this.#seen.clear();
    return { typed, deleted };
  }

  /** The last word: `log`, as it is read from the disk in the end, against all that was witnessed (P1, P2, P3, P4). */
  checkFinal(log: readonly Entry[]): void {
    const world = this.#world;
    if (log.length !== this.head) {
      world.fail('P1', `The log has ${log.length} entries in the end, and ${this.head} became durable.`);
    }
    const keys = new Set<string>();
    let text = '';
    for (const [index, { rev, author, seq, op }] of log.entries()) {
      if (rev !== index + 1) world.fail('P1', `Entry ${index + 1} of the log says revision ${rev}.`);
      if (keys.has(`${author}:${seq}`)) world.fail('P3', `Author ${author} has seq ${seq} twice in the log.`);
      keys.add(`${author}:${seq}`);
      text = apply(text, op);
      const seen = this.#seen.get(rev);
      if (seen !== undefined && seen !== `${author}:${seq}:${JSON.stringify(op)}`) {
        world.fail('P2', `Revision ${rev} was seen as something else than the log has.`);
      }
    }
    for (const rev of this.#seen.keys()) {
      if (rev > log.length) world.fail('P2', `Revision ${rev} was seen, and is gone.`);
    }
    if (text !== this.text) world.fail('P4', 'The log replayed from the beginning is not the text.');
    if (!isClean(text)) world.fail('P6', 'The text is not clean.');
  }
}

function sameOp(a: Op, b: Op): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
