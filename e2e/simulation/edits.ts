import { apply, compose, replacement, type Op } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { someText } from './tokens.ts';

/** Beyond this many units edits delete more than they insert, so that texts stay cheap. */
const LONG_TEXT = 1_200;

/**
 * An edit as somebody makes it on `text`: mostly one place, seldom several; often where others are too, for ties are where
 * texts diverge. `hot` (0 to 1) is where in the text everybody likes to write. May be identity.
 */
export function someEdit(random: SeededRandom, text: string, hot: number, next: () => string): Op {
  let op = onePlace(random, text, hot, next);
  if (random.int(8) !== 0) return op;
  let after = apply(text, op);
  for (let more = 1 + random.int(3); more > 0; more--) {
    const another = onePlace(random, after, hot, next);
    after = apply(after, another);
    op = compose(op, another);
  }
  return op;
}

/** `pieces` letters of their own and as much text around them, in one place. */
export function somePaste(random: SeededRandom, text: string, pieces: number, next: () => string): Op {
  let pasted = '';
  for (let left = pieces; left > 0; left--) pasted += someText(random, next);
  return replacement(wholePosition(text, random.int(text.length + 1)), 0, pasted);
}

function onePlace(random: SeededRandom, text: string, hot: number, next: () => string): Op {
  const at = wholePosition(text, somewhere(random, text.length, hot));
  const kind = random.int(20);
  const crowded = text.length > LONG_TEXT;
  const most = crowded ? 60 : kind === 19 ? 40 : 5;
  const end = wholePosition(text, Math.min(text.length, at + 1 + random.int(most)));
  if (crowded ? kind < 6 : kind < 11) return replacement(at, 0, someText(random, next));
  if (kind < 15) return replacement(at, end - at, someText(random, next));
  return replacement(at, end - at, '');
}

function somewhere(random: SeededRandom, length: number, hot: number): number {
  switch (random.int(6)) {
    case 0:
      return 0;
    case 1:
      return length;
    case 2:
    case 3:
      return Math.min(length, Math.max(0, Math.floor(hot * length) + random.int(5) - 2));
    default:
      return random.int(length + 1);
  }
}

/** `position`, or one less if that is inside a surrogate pair. */
function wholePosition(text: string, position: number): number {
  const unit = text.charCodeAt(position);
  return position > 0 && unit >= 0xdc00 && unit <= 0xdfff ? position - 1 : position;
}
