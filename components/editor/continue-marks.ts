import { EditorSelection, type StateCommand } from '@codemirror/state';

/** Indent, then a bullet, a number or a quote sign, then perhaps a box. */
const MARKS = /^([ \t]*)(?:([-*+])|(\d{1,9})([.)])|((?:> ?)+))([ \t]*)(\[[ xX]\][ \t]+)?/;

/**
 * Enter in a list or a quote begins the next item; in an item without words it ends the list instead. Anywhere else it
 * leaves the key to others. Several carets are several decisions, so it takes the key only if it fits all of them.
 */
export const continueMarks: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const continued = state.selection.ranges.map((range) => {
    const line = state.doc.lineAt(range.from);
    const marks = range.empty ? nextMarks(line.text) : null;
    if (marks === null || range.from - line.from < marks.length) return null;
    return { line, marks };
  });
  if (!continued.every((one) => one !== null)) return false;
  let index = 0;
  const changes = state.changeByRange((range) => {
    const here = continued[index++];
    if (here === undefined || here === null) return { range };
    const { line, marks } = here;
    if (line.text.trim().length === line.text.slice(0, marks.length).trim().length) {
      return { changes: { from: line.from, to: line.to }, range: EditorSelection.cursor(line.from) };
    }
    const insert = state.lineBreak + marks.next;
    return { changes: { from: range.from, insert }, range: EditorSelection.cursor(range.from + insert.length) };
  });
  dispatch(state.update(changes, { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

/** How long this line's marks are, and what the next line begins with; null if there are none. */
export function nextMarks(text: string): { length: number; next: string } | null {
  const found = MARKS.exec(text);
  if (found === null) return null;
  const [all, indent = '', bullet, number, dot = '', quote, space = '', box] = found;
  if (quote !== undefined) return { length: all.length, next: indent + (quote.endsWith(' ') ? quote : `${quote} `) };
  // `-` and `1.` alone are words until a space follows.
  if (space === '') return null;
  const sign = bullet ?? `${Number(number) + 1}${dot}`;
  return { length: all.length, next: `${indent}${sign}${space}${box === undefined ? '' : '[ ] '}` };
}
