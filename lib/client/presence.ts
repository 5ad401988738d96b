import { isIdentity, type Op } from '../ot/index.ts';
import type { Person, Range } from '../protocol/index.ts';
import { caretAfter, Carets } from './carets.ts';
import { OwnCaret } from './own-caret.ts';
import type { Replica } from './replica.ts';
import { Roster } from './roster.ts';
import type { CaretCause, RemoteCaret } from './types.ts';

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export interface PresenceEvents {
  /** Tells our carets, in the confirmed text at `rev`; false if that is impossible now. */
  send(rev: number, ranges: readonly Range[]): boolean;
  carets(carets: readonly RemoteCaret[], cause: CaretCause): void;
  /** `people` or `typing` has changed by the passing of time. */
  changed(): void;
}

/** Who is here and where, on this screen: the others' carets through every change, and ours to them. */
export class Presence {
  readonly #replica: Replica;
  readonly #events: PresenceEvents;
  readonly #carets = new Carets();
  readonly #own: OwnCaret;
  readonly #roster: Roster;
  /** Whose carets have moved since the listeners were told. */
  #moved = new Set<number>();
  /** Carets were shown when the listeners were last told. */
  #shown = false;

  constructor(world: World, replica: Replica, events: PresenceEvents) {
    this.#replica = replica;
    this.#events = events;
    this.#own = new OwnCaret(world, (ranges) => this.#sendOwn(ranges));
    this.#roster = new Roster(world, () => events.changed());
  }

  get people(): readonly Person[] {
    return this.#roster.people;
  }

  get typing(): ReadonlySet<number> {
    return this.#roster.typing;
  }

  select(ranges: readonly Range[] | null): void {
    this.#own.select(ranges);
  }

  /** A local edit. */
  edited(op: Op): void {
    this.#carets.map(op);
    this.#own.edited(op);
  }

  /** Everything is acknowledged, or some of it: our caret may be tellable now. */
  acknowledged(): void {
    this.#own.flush();
  }

  /**
   * An entry that the replica has just taken; `change` is what it did to the shown text. The author's caret goes where
   * they wrote, though not for programs, and not for what happened while we were away (`catchingUp`).
   */
  entry(entry: { author: number; rev: number; op: Op }, change: Op, catchingUp: boolean): void {
    const { author, rev, op } = entry;
    this.#carets.map(change);
    this.#own.changed(change);
    const person = this.#roster.find(author);
    if (person && person.kind !== 'api' && !catchingUp && !isIdentity(op)) {
      const caret = caretAfter(op);
      this.#carets.set(author, [[caret, caret]], (position) => this.#toShown(position));
      this.#roster.typed(author);
      this.#moved.add(author);
    }
    for (const whose of this.#carets.reached(rev, (position) => this.#toShown(position))) this.#moved.add(whose);
  }

  /** The text was replaced by the server's; what the editor applied is `change`. */
  rebased(change: Op): void {
    this.#carets.clear();
    this.#own.changed(change);
  }

  cursor(author: number, rev: number, ranges: readonly Range[]): void {
    const { state } = this.#replica;
    // Carets come in order with entries, so one of an older revision has been overtaken.
    if (author === state.you || rev < state.rev) return;
    if (rev > state.rev) return this.#carets.setEarly(author, rev, ranges);
    this.#carets.set(author, ranges, (position) => this.#toShown(position));
    this.#moved.add(author);
  }

  update(join: readonly Person[], leave: readonly number[]): void {
    for (const author of this.#roster.update(join, leave, this.#replica.state.you)) this.#carets.remove(author);
    this.tell();
  }

  /** A new connection: the next list of people is whole, and nobody there knows where we are. */
  welcomed(): void {
    this.#roster.expectAll();
    this.#own.welcomed();
  }

  /** Offline nobody's place is known. The people stay listed. */
  down(): void {
    this.#roster.nobodyTypes();
    this.#carets.clear();
    this.#moved.clear();
    this.tell();
  }

  /** Tells the listeners where the carets are, if there are any or were. */
  tell(): void {
    const carets = this.#carets.of(this.people);
    const moved = [...this.#moved];
    this.#moved = new Set();
    if (carets.length === 0 && !this.#shown) return;
    this.#shown = carets.length > 0;
    this.#events.carets(carets, { moved });
  }

  close(): void {
    this.#own.close();
    this.#roster.close();
  }

  #sendOwn(ranges: readonly Range[]): boolean {
    const { rev, pending } = this.#replica.state;
    // With edits pending, our positions mean nothing to others.
    return pending.kind === 'synced' && this.#events.send(rev, ranges);
  }

  #toShown(position: number): number {
    return this.#replica.toShown(position, 'before');
  }
}
