import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';
import { lineEdits, type LineEdit } from './line-edits.ts';
import { alignsOf, cellSpans, looksLikeRow, MOST_ROWS, readTable, writeTable, type Table } from './table-text.ts';

/** A table of the text, and the cell that the caret is in. `row` counts without the delimiter; the head is 0. */
interface TableAt {
  from: number;
  to: number;
  table: Table;
  row: number;
  column: number;
}

/** The table around the main caret, or null. */
export function tableAt(state: EditorState): TableAt | null {
  const { doc, selection } = state;
  const { head } = selection.main;
  const here = doc.lineAt(head);
  if (!looksLikeRow(here.text)) return null;
  let first = here.number;
  while (first > 1 && here.number - first < MOST_ROWS && looksLikeRow(doc.line(first - 1).text)) first -= 1;
  let last = here.number;
  while (last < doc.lines && last - here.number < MOST_ROWS && looksLikeRow(doc.line(last + 1).text)) last += 1;
  // Text with a bar in it may stand above the head.
  let delimiter = first + 1;
  while (delimiter <= last && alignsOf(doc.line(delimiter).text) === null) delimiter += 1;
  if (delimiter > last || here.number < delimiter - 1) return null;
  const { from } = doc.line(delimiter - 1);
  const { to } = doc.line(last);
  const table = readTable(doc.sliceString(from, to, '\n').split('\n'));
  if (table === null) return null;
  const below = here.number - delimiter;
  const spans = cellSpans(here.text);
  const column = spans.findIndex((span) => head - here.from <= span.to);
  return { from, to, table, row: Math.max(0, below), column: column === -1 ? spans.length - 1 : column };
}

/** What changes a table and says which cell the caret goes to. Null: nothing to do. */
type TableStep = (at: TableAt) => { row: number; column: number } | null;

/** Every column as wide as its widest cell; the caret stays in its cell. */
export const keepCell: TableStep = ({ row, column }) => ({ row, column });

/** To the next cell; after the last one a row is added. */
export const nextCell: TableStep = ({ table, row, column }) => {
  if (column + 1 < table.aligns.length) return { row, column: column + 1 };
  if (row + 1 === table.rows.length) table.rows.push(table.aligns.map(() => ''));
  return { row: row + 1, column: 0 };
};

export const previousCell: TableStep = ({ table, row, column }) => {
  if (column > 0) return { row, column: column - 1 };
  return row === 0 ? { row, column } : { row: row - 1, column: table.aligns.length - 1 };
};

export const addRow: TableStep = ({ table, row, column }) => {
  table.rows.splice(
    row + 1,
    0,
    table.aligns.map(() => ''),
  );
  return { row: row + 1, column };
};

export const addColumn: TableStep = ({ table, row, column }) => {
  table.aligns.splice(column + 1, 0, 'none');
  for (const cells of table.rows) cells.splice(column + 1, 0, '');
  return { row, column: column + 1 };
};

/**
 * Writes the table around the caret anew after `step`, line by line, so that lines that stay as they are disturb nobody who
 * writes in them. Null if there is none.
 */
export function editTable(state: EditorState, step: TableStep): TransactionSpec | null {
  const found = tableAt(state);
  const cell = found === null ? null : step(found);
  if (found === null || cell === null) return null;
  const lines = writeTable(found.table);
  const before = state.sliceDoc(found.from, found.to).split('\n');
  const index = cell.row === 0 ? 0 : cell.row + 1;
  const changes = lineChanges(found.from, before, lines, index);
  const line = lines[index] ?? '';
  const span = cellSpans(line)[cell.column] ?? { from: 0, to: 0 };
  const start = lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, found.from);
  const words = line.slice(span.from, span.to);
  const at = start + span.from + (words.trim() === '' ? 1 : words.length - words.trimStart().length);
  return {
    changes,
    selection: EditorSelection.range(at, at + words.trim().length),
    scrollIntoView: true,
    userEvent: 'input.table',
  };
}

/** Changes of the lines that differ. `before` and `after` have the same number of lines, or `after` some more in one place. */
function lineChanges(from: number, before: readonly string[], after: readonly string[], added: number): LineEdit[] {
  const more = after.length - before.length;
  const changes: LineEdit[] = [];
  let at = from;
  for (const [index, line] of before.entries()) {
    const fresh = after[index < added ? index : index + more] ?? '';
    if (index === added && more > 0)
      changes.push({ from: at, to: at, insert: `${after.slice(added, added + more).join('\n')}\n` });
    changes.push(...lineEdits(at, line, fresh));
    at += line.length + 1;
  }
  if (added >= before.length && more > 0)
    changes.push({ from: at - 1, to: at - 1, insert: `\n${after.slice(before.length).join('\n')}` });
  return changes;
}

/** A small table to begin with, where the caret is; on a line of its own. */
export function newTable(state: EditorState, words: { column: (n: number) => string }): TransactionSpec {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const above = line.text.trim() === '' ? '' : '\n\n';
  const table = {
    indent: '',
    aligns: ['none' as const, 'none' as const],
    rows: [
      [words.column(1), words.column(2)],
      ['', ''],
    ],
  };
  const at = line.text.trim() === '' ? line.from : line.to;
  const start = at + above.length;
  // A line right below would be taken for a row.
  const below = line.number < state.doc.lines && state.doc.line(line.number + 1).text.trim() !== '' ? '\n' : '';
  return {
    changes: { from: at, to: line.to, insert: `${above}${writeTable(table).join('\n')}${below}` },
    selection: EditorSelection.range(start + 2, start + 2 + words.column(1).length),
    scrollIntoView: true,
    userEvent: 'input.table',
  };
}
