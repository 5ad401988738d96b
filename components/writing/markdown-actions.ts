import type { Command, EditorView } from '@codemirror/view';
import { runCommand } from './commands.ts';
import { isInCode } from './in-code.ts';
import { indentItems, outdentItems } from './lists.ts';
import { alignsOf, looksLikeRow, MOST_ROWS } from './table-text.ts';

export { pasteLink } from './paste-link.ts';
export { toggleTask } from './task.ts';
export { runCommand };

/** In a table to the next cell, in a list another step in; elsewhere the key is left to others. */
export const tabForward: Command = (view) => (inTable(view) ? runCommand(view, 'nextCell') : indentItems(view));

/** The same backwards, and out. */
export const tabBackward: Command = (view) => (inTable(view) ? runCommand(view, 'previousCell') : outdentItems(view));

/** Is there the row under a table's head, at most as far away as tables are long? */
function inTable({ state }: EditorView): boolean {
  const { doc, selection } = state;
  if (selection.ranges.length > 1 || state.readOnly || isInCode(state, selection.main.head)) return false;
  const here = doc.lineAt(selection.main.head).number;
  if (here < doc.lines && looksLikeRow(doc.line(here).text) && alignsOf(doc.line(here + 1).text) !== null) return true;
  for (let number = here; number > 1 && here - number < MOST_ROWS; number -= 1) {
    const { text } = doc.line(number);
    if (!looksLikeRow(text)) return false;
    if (alignsOf(text) !== null) return true;
  }
  return false;
}
