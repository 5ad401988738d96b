/** Wide in East Asian typography, and emoji: two columns of a fixed-width face. After Unicode's EastAsianWidth W and F. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
const NARROW_ONLY = /^[\u0020-\u024F]*$/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns a text takes where every letter is as wide as another. */
export function textWidth(text: string): number {
  if (NARROW_ONLY.test(text)) return text.length;
  let width = 0;
  // Accents and joined emoji are drawn with what they belong to.
  for (const { segment } of segmenter.segment(text)) {
    width += WIDE.test(segment) ? 2 : /^\p{M}+$|^[\u200B-\u200F]$/u.test(segment) ? 0 : 1;
  }
  return width;
}
