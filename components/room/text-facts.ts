import type { EditorState } from '@codemirror/state';

/** What the footer says about the text. */
export interface TextFacts {
  /** Null until it was counted for the first time. */
  text: Counts | null;
  /** Of what is selected, all selections together; null if nothing is. */
  selected: Counts | null;
  line: number;
  column: number;
}

/** How much text there is, as readers count. */
export interface Counts {
  words: number;
  /** What a reader sees as one: a flag or a family is one. Spaces count, line ends do not. */
  characters: number;
}

/** Where the main caret is: line and column from 1, the column in UTF-16 units. */
export function placeOf(state: EditorState): { line: number; column: number } {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  return { line: line.number, column: head - line.from + 1 };
}
