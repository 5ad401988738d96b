import { announceStrings } from './announce-strings.ts';

/** At most one sentence in this time: a room that fills up must not talk without end. In ms. */
export const PEOPLE_MS = 5_000;
/** Names up to so many; above it a number. */
const MOST_NAMES = 3;

interface Clock {
  /** Runs `run` after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void;
}

/**
 * What is said aloud about the others: who came and went, and, if asked for, who is editing where. What comes while it is
 * silent waits and is said together; a line is said once, and only if nobody came or went.
 */
export class PeopleTalk {
  readonly #clock: Clock;
  readonly #say: (words: string) => void;
  readonly #joined = new Map<number, string>();
  readonly #left = new Map<number, string>();
  readonly #editing = new Map<number, { name: string; line: number }>();
  readonly #saidLine = new Map<number, number>();
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, say: (words: string) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  joined(author: number, name: string): void {
    // Who was gone for a moment has not gone.
    if (!this.#left.delete(author)) this.#joined.set(author, name);
    this.#speak();
  }

  left(author: number, name: string): void {
    this.#editing.delete(author);
    this.#saidLine.delete(author);
    if (!this.#joined.delete(author)) this.#left.set(author, name);
    this.#speak();
  }

  editing(author: number, name: string, line: number): void {
    if (this.#saidLine.get(author) === line) this.#editing.delete(author);
    else this.#editing.set(author, { name, line });
    this.#speak();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #speak(): void {
    if (this.#cancel !== null) return;
    const words = this.#next();
    if (words === '') return;
    this.#say(words);
    this.#cancel = this.#clock.after(PEOPLE_MS, () => {
      this.#cancel = null;
      this.#speak();
    });
  }

  #next(): string {
    const t = announceStrings;
    const words = [batch(this.#joined, t.joined, t.manyJoined), batch(this.#left, t.left, t.manyLeft)].filter(
      (one) => one !== '',
    );
    if (words.length > 0) return words.join(' ');
    const [next] = this.#editing;
    if (next === undefined) return '';
    const [author, { name, line }] = next;
    this.#editing.delete(author);
    this.#saidLine.set(author, line);
    return t.editing(name, line);
  }
}

/** Empties `names` into a sentence. */
function batch(names: Map<number, string>, one: (name: string) => string, many: (n: number) => string): string {
  const all = [...names.values()];
  names.clear();
  return all.length > MOST_NAMES ? many(all.length) : all.map(one).join(' ');
}
