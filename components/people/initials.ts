/**
 * Two letters for a chip: the first two of the name, as written ("Jonas" → "Jo", "Quiet Heron" → "Qu"). Counts what
 * people see as letters, so that an emoji or an accent made of several units stays whole; one that wide stands alone.
 */
export function initials(name: string): string {
  const [first = '?', second = ''] = letters(name.trim());
  const wide = /\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
  if (wide.test(first) || second.trim() === '' || wide.test(second)) return first.toLocaleUpperCase();
  return first.toLocaleUpperCase() + second;
}

function letters(text: string): string[] {
  // A long name needs no more than its head looked at.
  const head = text.slice(0, 64);
  if (typeof Intl.Segmenter !== 'function') return Array.from(head);
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(head), (part) => part.segment);
}
