import type { Text } from '@codemirror/state';
import type { Counts } from './text-facts.ts';

/** What has been counted. Pieces of a text outlive its changes, so after an edit little is counted again. */
const counted = new WeakMap<Text, Counts>();

/**
 * Counts a text; null if `mayGoOn` said no before the end, and then the next call begins where this one stopped. The time
 * it takes goes with what was not counted before: O(length) once, O(lines that changed) later.
 */
export function countText(text: Text, mayGoOn: () => boolean): Counts | null {
  const known = counted.get(text);
  if (known !== undefined) return known;
  if (text.children === null && !mayGoOn()) return null;
  const counts = { words: 0, characters: 0 };
  for (const part of text.children ?? text.iterLines()) {
    const some = typeof part === 'string' ? countLine(part) : countText(part, mayGoOn);
    if (some === null) return null;
    counts.words += some.words;
    counts.characters += some.characters;
  }
  counted.set(text, counts);
  return counts;
}

/** Without marks, pairs and joiners: every unit is a letter that stands for itself, and words have spaces between them. */
const SIMPLE = /^[\t -\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]*$/;

function countLine(line: string): Counts {
  return { words: wordsIn(line), characters: SIMPLE.test(line) ? line.length : charactersIn(line) };
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+(?:['’‑-][\p{L}\p{M}\p{N}]+)*/gu;
/** Written without spaces, in words of several letters. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Words as readers count them: runs of letters and digits, with apostrophes and hyphens inside; a Chinese or Japanese
 * character counts by itself; Thai, Lao, Khmer and Burmese are taken apart by the browser's dictionary, where it has one.
 */
function wordsIn(line: string): number {
  let words = 0;
  for (const [word] of line.matchAll(WORD))
    words += SIMPLE.test(word) || !UNSPACED.test(word) ? 1 : dictionaryWords(word);
  return words;
}

function dictionaryWords(run: string): number {
  const segmenter = segmenterOf('word');
  if (segmenter === null) return 1;
  let words = 0;
  for (const { isWordLike } of segmenter.segment(run)) if (isWordLike === true) words += 1;
  return words;
}

function charactersIn(line: string): number {
  let characters = 0;
  const segmenter = segmenterOf('grapheme');
  // Without it a character is a code point: right but for marks and joined pictures.
  for (const _ of segmenter?.segment(line) ?? line) characters += 1;
  return characters;
}

const segmenters = new Map<'word' | 'grapheme', Intl.Segmenter>();

/** Null in browsers that have none. */
function segmenterOf(granularity: 'word' | 'grapheme'): Intl.Segmenter | null {
  if (typeof Intl.Segmenter !== 'function') return null;
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, segmenter);
  return segmenter;
}
