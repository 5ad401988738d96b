/** What becomes one space: white space, control characters, and the braille cell without dots. */
const GAP = /[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u2800]+/gu;
/** Halves of pairs, what has no ink (bidi controls, zero width, soft hyphens, fillers, tags), but for what `keep` decides on. */
const INKLESS =
  /[\p{Cs}\ufff9-\ufffb]|(?![\u200c\u200d]|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
/** The flags of England, Scotland, Wales and others like them: the only honest use of tags. */
const TAGGED_FLAG = /(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f})|[\u{e0020}-\u{e007f}]/gu;

const MARK = /^\p{M}$/u;
const LETTER = /^\p{L}$/u;
const PICTURE = /^\p{Extended_Pictographic}$/u;
/** Scripts whose letters never join, and marks of no script: there a joiner only makes one name look like another. */
const UNJOINED =
  /^[\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}\p{scx=Armn}\p{scx=Geor}\p{scx=Hani}\p{scx=Hang}\p{scx=Kana}\p{scx=Hira}\p{scx=Zinh}]$/u;
/** What a variation selector may stand behind: pictures and keycaps, ideographs of names, Mongolian letters. */
const VARIED = /^[\p{Emoji}\p{Ideographic}\p{scx=Mong}\p{Sm}\p{So}]$/u;
const SELECTOR = /^\p{Variation_Selector}$/u;
const SKIN = /^\p{Emoji_Modifier}$/u;
const TAG = /^[\u{e0020}-\u{e007f}]$/u;

/** The longest pile of combining marks that a living script writes over one letter (pointed Hebrew, Vietnamese, Tibetan). */
const MOST_MARKS = 4;
/** Longer texts are cut before they are read, so that cleaning costs little whatever comes: no label grows tenfold. */
const MOST_READ = 10;

/**
 * `text` as it may stand among others' words, for names, titles and the like: one line in NFC, without what has no ink or
 * turns its surroundings around, at most four combining marks in a row, at most `most` UTF-16 units of whole characters.
 * Emoji, flags and scripts that need joiners stay as they are. `''` if nothing is to be seen. Idempotent, so that whoever
 * cleans before sending gets the same back.
 */
export function cleanLabel(text: string, most: number): string {
  let clean = text.slice(0, most * MOST_READ);
  // What goes may bring together what is then written otherwise: until nothing goes any more.
  for (;;) {
    const next = cut(cleanOnce(clean), most);
    if (next === clean) return next;
    clean = next;
  }
}

function cleanOnce(text: string): string {
  const line = text.replace(INKLESS, '').replace(TAGGED_FLAG, '$1').replace(GAP, ' ').normalize('NFC');
  const points = Array.from(line);
  let out = '';
  let last = '';
  let marks = 0;
  for (const [at, point] of points.entries()) {
    if (!keep(point, last, points[at + 1] ?? '', marks)) continue;
    if (MARK.test(point)) marks++;
    else if (!isJoiner(point)) marks = 0;
    out += point;
    last = point;
  }
  return out.trimEnd();
}

/** May `point` stand between `last` and `next`, with `marks` marks over the letter before it? `''` is either end. */
function keep(point: string, last: string, next: string, marks: number): boolean {
  if (point === ' ') return last !== '' && last !== ' ';
  if (isJoiner(point)) return joins(last, next);
  if (SELECTOR.test(point)) return VARIED.test(last);
  // A mark without a letter would fall on what stands before the name.
  if (MARK.test(point)) return last !== '' && last !== ' ' && marks < MOST_MARKS;
  return true;
}

function joins(last: string, next: string): boolean {
  if (PICTURE.test(last) || SKIN.test(last) || SELECTOR.test(last)) return PICTURE.test(next);
  if (UNJOINED.test(last) || UNJOINED.test(next)) return false;
  // Behind a mark (a virama) a joiner shapes the letter before it, even at the end of a word.
  return MARK.test(last) || (LETTER.test(last) && LETTER.test(next));
}

function isJoiner(point: string): boolean {
  return point === '\u200c' || point === '\u200d';
}

/** At most `most` units: between characters as people see them, or at least between code points if one is as long as that. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const points: string[] = [];
  let length = 0;
  let rest = '';
  for (const point of text) {
    if (length + point.length > most) {
      rest = point;
      break;
    }
    points.push(point);
    length += point.length;
  }
  let end = points.length;
  while (end > 0 && continues(points[end - 1] ?? '', points[end] ?? rest)) end--;
  return points
    .slice(0, end === 0 ? points.length : end)
    .join('')
    .trimEnd();
}

/** Is `next` part of the character that `last` belongs to? */
function continues(last: string, next: string): boolean {
  return last === '\u200d' || isJoiner(next) || MARK.test(next) || SKIN.test(next) || TAG.test(next);
}
