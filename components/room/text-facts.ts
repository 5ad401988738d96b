import type { EditorState } from '@codemirror/state';

/** What the footer says about the text. */
export interface TextFacts {
  words: number;
  line: number;
  column: number;
}

/**
 * Counts words as readers do: runs of letters and digits, with apostrophes and hyphens inside; a character of a script
 * without spaces counts by itself. O(length).
 */
export function countWords(lines: Iterable<string>): number {
  let words = 0;
  for (const line of lines) {
    for (const _ of line.matchAll(WORD)) words += 1;
  }
  return words;
}

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+(?:['’‑-][\p{L}\p{M}\p{N}]+)*/gu;

/** Where the main caret is: line and column from 1, the column in UTF-16 units. */
export function placeOf(state: EditorState): { line: number; column: number } {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  return { line: line.number, column: head - line.from + 1 };
}
