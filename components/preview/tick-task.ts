import type { EditorView } from '@codemirror/view';

/** A task: its list mark, behind quotes and other list marks, then its box. */
const TASK = /^((?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*(?:[-*+]|\d{1,9}[.)])\s+\[)([ xX])\]/;

/**
 * Ticks the task in the line at `position`, or takes its tick away: one letter, which undo brings back. False if there is no
 * task any more, or nothing may be written.
 */
export function tickTask(view: EditorView, position: number): boolean {
  if (view.state.readOnly) return false;
  const line = view.state.doc.lineAt(Math.min(position, view.state.doc.length));
  const change = tickIn(line.text);
  if (change === null) return false;
  const from = line.from + change.at;
  view.dispatch({ changes: { from, to: from + 1, insert: change.letter }, userEvent: 'input.tick' });
  return true;
}

/** Which letter of a line has to become which; null if the line is no task. */
export function tickIn(line: string): { at: number; letter: 'x' | ' ' } | null {
  const [, before, box] = TASK.exec(line) ?? [];
  if (before === undefined) return null;
  return { at: before.length, letter: box === ' ' ? 'x' : ' ' };
}
