import type { SeededRandom } from '../testing/seeded-random.ts';
import type { Op } from './op.ts';

/** One edit of an op, in positions of the text before it. */
export interface RandomEdit {
  at: number;
  removed: number;
  inserted: string;
}

/**
 * What people type, cut so that plain string handling goes wrong: pairs that share their first or their second half, a
 * family joined by zero-width joiners, a combining mark, a line end, units of one byte and of two.
 */
const WORDS = ['a', 'b', 'ab', 'a', ' ', '\n', 'é', 'e\u0301', '漢', '😀', '😁', '🤀', '👩\u200d👩\u200d👧', 'xyz'];

/** Clean text of up to `words` words. */
export function randomText(random: SeededRandom, words: number): string {
  let text = '';
  for (let left = random.int(words + 1); left > 0; left--) text += random.pick(WORDS);
  return text;
}

/**
 * A canonical op on `text`, the text that it must lead to, and its edits. Op and text are made side by side, neither
 * from the other, so that a fault in `apply` cannot hide. Half of the ops have at most one edit, as in real traffic.
 */
export function randomOp(random: SeededRandom, text: string): [op: Op, expected: string, edits: RandomEdit[]] {
  const op: (number | string)[] = [];
  const edits: RandomEdit[] = [];
  let expected = '';
  let position = 0;
  for (let left = random.int(2) === 0 ? 1 : random.int(5); left > 0; left--) {
    // Edits that touch would not be canonical, so all but the first keep something before them.
    const kept = wholePairs(text, position, random.int(text.length - position + 1));
    if (kept === 0 && edits.length > 0) continue;
    const at = position + kept;
    const removed = random.int(2) === 0 ? 0 : wholePairs(text, at, random.int(Math.min(4, text.length - at) + 1));
    const inserted = random.int(3) === 0 && removed > 0 ? '' : randomText(random, 2);
    if (removed === 0 && inserted === '') continue;
    if (kept > 0) op.push(kept);
    if (inserted !== '') op.push(inserted);
    if (removed > 0) op.push(-removed);
    expected += text.slice(position, at) + inserted;
    position = at + removed;
    edits.push({ at, removed, inserted });
  }
  return [op, expected + text.slice(position), edits];
}

/** `count`, or one more if that many units from `from` on would end inside a surrogate pair. */
function wholePairs(text: string, from: number, count: number): number {
  const next = text.charCodeAt(from + count);
  return next >= 0xdc00 && next <= 0xdfff ? count + 1 : count;
}
