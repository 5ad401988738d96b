import type { Op } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import type { World } from './world.ts';

/** Planes 15 and 16 are for private use: nobody else types these letters, and each is one surrogate pair. */
const FIRST = 0xf0000;
const HIGH_FIRST = 0xdb80;
const HIGH_LAST = 0xdbff;

type Typed =
  /** Has to be in the text, unless it was deleted. */
  | 'sure'
  /** Not typed yet, or who did went away before it was acknowledged, or the log that held it was lost. */
  | 'maybe';

interface Fate {
  typed: Typed;
  deleted: 'no' | 'sure' | 'maybe';
  /** Somebody may have brought it again after a log that held it was lost: nothing is known of it any more. */
  adrift: boolean;
}

/**
 * Letters of which each is typed once in a history, so that "exactly once" can be counted: what became of each, by the
 * word of those who typed and deleted.
 */
export class Tokens {
  readonly #fates = new Map<string, Fate>();

  /** A letter that never was. Nobody has typed it yet. */
  readonly next = (): string => {
    const letter = String.fromCodePoint(FIRST + this.#fates.size);
    this.#fates.set(letter, { typed: 'maybe', deleted: 'no', adrift: false });
    return letter;
  };

  /** Somebody deleted them on a screen, or tried to. */
  deleted(letters: readonly string[], certain: boolean): void {
    for (const fate of this.#of(letters)) if (fate.deleted !== 'sure') fate.deleted = certain ? 'sure' : 'maybe';
  }

  /** They are on somebody's screen, or were taken over REST. */
  typed(letters: readonly string[]): void {
    for (const fate of this.#of(letters)) fate.typed = 'sure';
  }

  /** It became unknown whether these were taken. */
  doubtTyped(letters: readonly string[]): void {
    for (const fate of this.#of(letters)) fate.typed = 'maybe';
  }

  /** It became unknown whether these were deleted. */
  doubtDeleted(letters: readonly string[]): void {
    for (const fate of this.#of(letters)) if (fate.deleted === 'sure') fate.deleted = 'maybe';
  }

  /** Nothing is expected of these any more. */
  letGo(letters: readonly string[]): void {
    for (const fate of this.#of(letters)) fate.adrift = true;
  }

  /** Checks P3 and P5 on the text that all agree on. */
  check(text: string, world: World): void {
    const counts = new Map<string, number>();
    for (const letter of tokensIn(text)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    for (const [letter, { typed, deleted, adrift }] of this.#fates) {
      if (adrift) continue;
      const count = counts.get(letter) ?? 0;
      if (count > 1) world.fail('P3', `${nameOf(letter)} is ${count} times in the text.`);
      if (count > 0 && deleted === 'sure') world.fail('P5', `${nameOf(letter)} was deleted and is there again.`);
      if (count === 0 && typed === 'sure' && deleted === 'no') world.fail('P5', `${nameOf(letter)} was lost.`);
    }
  }

  #of(letters: readonly string[]): Fate[] {
    return letters.flatMap((letter) => this.#fates.get(letter) ?? []);
  }
}

/** All such letters in `text`, in order. */
export function tokensIn(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= HIGH_FIRST && unit <= HIGH_LAST) found.push(text.slice(at, at + 2));
  }
  return found;
}

/** All that `op` inserts. */
export function insertedBy(op: Op): string {
  let inserted = '';
  for (const part of op) if (typeof part === 'string') inserted += part;
  return inserted;
}

/** All that `op` deletes from `text`. */
export function deletedBy(op: Op, text: string): string {
  let deleted = '';
  let position = 0;
  for (const part of op) {
    if (typeof part === 'string') continue;
    if (part < 0) deleted += text.slice(position, position - part);
    position += Math.abs(part);
  }
  return deleted;
}

/** For messages: U+F0001 tells more than a box. */
export function nameOf(letter: string): string {
  return `letter ${(letter.codePointAt(0) ?? 0) - FIRST}`;
}

/** Things that people type besides: pairs, joined families, combining marks, line ends. */
const FILLERS = [
  '',
  '',
  '',
  'a',
  'b',
  ' ',
  '\n',
  'é',
  'e\u0301',
  '漢',
  '😀',
  '👩\u200d👩\u200d👧',
  'word ',
  'two\nlines',
];

/** Something to type that holds a letter of its own. */
export function someText(random: SeededRandom, next: () => string): string {
  return random.pick(FILLERS) + next() + random.pick(FILLERS);
}
