import { type Op, replacement, type TextLike } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';

/** What is typed: words that tell edits apart, line ends, and characters of two units. */
const PIECES = ['a', 'be', 'sea ', 'ünï', '\n', '🙂', '👩‍👩‍👧', 'x = 1;', '—'];

/** At most this many units are deleted at once: more would keep the text empty. */
const MAX_DELETED = 4;

/** One in so many edits is among the first few letters, where everybody else's are too: ties are where texts diverge. */
const CROWDED_ONE_IN = 4;
const CROWD = 3;

/** A canonical edit somewhere in `text`: mostly typing, some deleting, some replacing. Never identity; splits no pair. */
export function randomEdit(random: SeededRandom, text: TextLike): Op {
  const span = random.int(CROWDED_ONE_IN) === 0 ? Math.min(CROWD, text.length) : text.length;
  const from = wholePosition(text, random.int(span + 1));
  const kind = random.int(10);
  const to = kind < 6 ? from : wholePosition(text, Math.min(text.length, from + 1 + random.int(MAX_DELETED)));
  const typed = kind < 6 || kind === 9 || to === from ? random.pick(PIECES) : '';
  return replacement(from, to - from, typed);
}

/** The position, or the one before it if it is inside a surrogate pair. */
function wholePosition(text: TextLike, position: number): number {
  const inside =
    position > 0 && position < text.length && isLow(text.charCodeAt(position)) && isHigh(text.charCodeAt(position - 1));
  return inside ? position - 1 : position;
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
