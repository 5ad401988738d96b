import type { Person } from '../protocol/index.ts';

/** How long somebody counts as typing after an edit (LOOK, PersonChip). */
const TYPING_MS = 2_000;

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** Who else is here, in the order of arrival, and who of them is typing. Both values are replaced, never changed. */
export class Roster {
  people: readonly Person[] = [];
  typing: ReadonlySet<number> = new Set();
  readonly #world: World;
  readonly #changed: () => void;
  readonly #typedAt = new Map<number, number>();
  #replace = true;
  #cancel: (() => void) | null = null;

  /** `changed` is called when somebody stopped typing. */
  constructor(world: World, changed: () => void) {
    this.#world = world;
    this.#changed = changed;
  }

  /** A new socket: the next message lists everybody. */
  expectAll(): void {
    this.#replace = true;
  }

  /** Returns who left. `you` is left out of the list. */
  update(join: readonly Person[], leave: readonly number[], you: number | null): number[] {
    const known = this.people;
    const named = new Map(join.map((person) => [person.author, person]));
    // After a restored backup our own number may be one that somebody else had.
    const others = known.filter(({ author }) => author !== you);
    const kept = others.filter(({ author }) => (this.#replace ? named.has(author) : !leave.includes(author)));
    const here = new Set(kept.map(({ author }) => author));
    this.people = [
      ...kept.map((person) => named.get(person.author) ?? person),
      ...join.filter(({ author }) => !here.has(author) && author !== you),
    ];
    this.#replace = false;
    const gone = known.filter(({ author }) => !here.has(author) && !named.has(author)).map(({ author }) => author);
    for (const author of gone) this.#typedAt.delete(author);
    this.#setTyping();
    return gone;
  }

  find(author: number): Person | null {
    return this.people.find((person) => person.author === author) ?? null;
  }

  typed(author: number): void {
    this.#typedAt.set(author, this.#world.now());
    this.#setTyping();
    this.#cancel ??= this.#world.after(TYPING_MS, () => this.#expire());
  }

  nobodyTypes(): void {
    this.#typedAt.clear();
    this.#setTyping();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #expire(): void {
    this.#cancel = null;
    const now = this.#world.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [author, at] of this.#typedAt) {
      if (at + TYPING_MS <= now) this.#typedAt.delete(author);
      else next = Math.min(next, at + TYPING_MS - now);
    }
    if (next < Number.POSITIVE_INFINITY) this.#cancel = this.#world.after(next, () => this.#expire());
    this.#setTyping();
    this.#changed();
  }

  #setTyping(): void {
    const now = this.#typedAt;
    if (now.size === this.typing.size && [...now.keys()].every((author) => this.typing.has(author))) return;
    this.typing = new Set(now.keys());
  }
}
