import { ChangeSet, EditorSelection, type EditorState, type StateCommand, type Text } from '@codemirror/state';
import { columnOf, itemAbove, readMarks, renumberAfter, signOf, type Marks } from '../writing/list-lines.ts';
import { isInCode } from '../writing/in-code.ts';

/**
 * Enter in a list or a quotation begins the next item, and the numbers after it count on; in an item without words it ends the
 * list instead, or comes out of the list that is inside of another. Anywhere else it leaves the key to others. Several carets
 * are several decisions, so it takes the key only if it fits all of them. One step for undo.
 */
export const continueMarks: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const continued = state.selection.ranges.map((range) => {
    const line = state.doc.lineAt(range.from);
    const marks = range.empty ? readMarks(line.text) : null;
    if (marks === null || range.from - line.from < marks.length || isInCode(state, range.from)) return null;
    return { line, marks };
  });
  if (!continued.every((one) => one !== null)) return false;
  let index = 0;
  const broken = state.changeByRange((range) => {
    const here = continued[index++];
    if (here === undefined || here === null) return { range };
    const { line, marks } = here;
    if (line.text.trim().length === line.text.slice(0, marks.length).trim().length) {
      const insert = endOf(state.doc, line.number, marks);
      return {
        changes: { from: line.from, to: line.to, insert },
        range: EditorSelection.cursor(line.from + insert.length),
      };
    }
    const insert = state.lineBreak + nextOf(state.doc, line.number, marks);
    return { changes: { from: range.from, insert }, range: EditorSelection.cursor(range.from + insert.length) };
  });
  const numbers = numbersAt(state, broken.changes, broken.selection);
  dispatch(
    state.update({
      changes: broken.changes.compose(numbers),
      selection: broken.selection.map(numbers, 1),
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
};

/** What counts on after the items that the carets are in now. */
function numbersAt(state: EditorState, changes: ChangeSet, selection: EditorSelection): ChangeSet {
  let doc = changes.apply(state.doc);
  let numbers = ChangeSet.empty(doc.length);
  for (const { head } of selection.ranges) {
    const line = doc.lineAt(numbers.mapPos(head)).number;
    if (isRepeated(doc, line)) continue;
    const one = ChangeSet.of(renumberAfter(doc, line), doc.length);
    doc = one.apply(doc);
    numbers = numbers.compose(one);
  }
  return numbers;
}

/** In `1. 1. 1.` every item has the same number on purpose. */
function isRepeated(doc: Text, line: number): boolean {
  const here = readMarks(doc.line(line).text);
  if (!here?.item) return false;
  const above = itemAbove(doc, line, here.quote, columnOf(here.item));
  return above !== null && above.marks.bullet === '' && above.marks.number === here.item.number;
}

/** What the next line begins with. */
function nextOf(doc: Text, line: number, marks: Marks): string {
  const repeated = marks.item !== null && marks.item.bullet === '' && isRepeated(doc, line);
  return nextMarks(marks, repeated ? 0 : 1);
}

/** What takes the place of the marks of an item without words: those of the list around it, or none. */
function endOf(doc: Text, line: number, { quote, item }: Marks): string {
  if (item === null) return '';
  const parent = item.indent === '' ? null : itemAbove(doc, line, quote, columnOf(item) - 1);
  return parent === null ? quote : nextMarks({ quote, item: parent.marks, length: 0 }, 1);
}

/** Marks like these, for the line after: the number is `step` higher, the box empty. */
export function nextMarks({ quote, item }: Marks, step: 0 | 1): string {
  const quoted = quote === '' || /[ \t]$/.test(quote) ? quote : `${quote} `;
  if (item === null) return quoted;
  const sign = item.bullet === '' ? signOf({ ...item, digits: String(item.number + step) }) : item.bullet;
  return `${quoted}${item.indent}${sign}${item.space}${item.box === '' ? '' : '[ ] '}`;
}
