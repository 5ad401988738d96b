import { indentUnit } from '@codemirror/language';
import {
  ChangeSet,
  EditorSelection,
  type ChangeSpec,
  type EditorState,
  type StateCommand,
  type Text,
} from '@codemirror/state';
import { isInCode } from './in-code.ts';
import { columnOf, itemAbove, readMarks, renumberAfter, signOf, type ItemMarks } from './list-lines.ts';

/** Steps that a list takes at most at once; more lines than that are indented as code is. */
const MOST_LINES = 500;

/** Tab in items: each goes into the item above it, and the numbers follow. */
export const indentItems: StateCommand = (target) => moveItems(target, indentOne);

/** Shift+Tab in items: each comes out beside the item that it is in. */
export const outdentItems: StateCommand = (target) => moveItems(target, outdentOne);

type Step = (doc: Text, line: number, unit: string) => ChangeSpec[] | null;

/** Takes the key if every line with a caret or selection is an item, and at least one of them can move. */
function moveItems({ state, dispatch }: Parameters<StateCommand>[0], step: Step): boolean {
  if (state.readOnly) return false;
  const lines = selectedLines(state);
  if (lines.length > MOST_LINES) return false;
  const items = lines.every((line) => {
    const { text, from } = state.doc.line(line);
    return (readMarks(text)?.item ?? null) !== null && !isInCode(state, from);
  });
  if (!items) return false;
  const unit = state.facet(indentUnit);
  let doc = state.doc;
  let changes = ChangeSet.empty(doc.length);
  for (const line of lines) {
    const moved = step(doc, line, unit);
    if (moved === null) continue;
    const one = ChangeSet.of(moved, doc.length);
    doc = one.apply(doc);
    changes = changes.compose(one);
    for (const count of [countFollowers, restartInner, countInner]) {
      const numbers = ChangeSet.of(count(doc, line), doc.length);
      doc = numbers.apply(doc);
      changes = changes.compose(numbers);
    }
  }
  if (changes.empty) return false;
  dispatch(
    state.update({
      changes,
      selection: selectionAfter(state, changes),
      scrollIntoView: true,
      userEvent: 'input.indent',
    }),
  );
  return true;
}

/** Carets stay with the words behind them, also where the indent is put in at the caret. */
function selectionAfter(state: EditorState, changes: ChangeSet): EditorSelection {
  const ranges = state.selection.ranges.map(({ anchor, head }) =>
    EditorSelection.range(changes.mapPos(anchor, 1), changes.mapPos(head, 1)),
  );
  return EditorSelection.create(ranges, state.selection.mainIndex);
}

function selectedLines(state: EditorState): number[] {
  const lines = new Set<number>();
  for (const { from, to } of state.selection.ranges) {
    const last = state.doc.lineAt(to).number;
    for (let line = state.doc.lineAt(from).number; line <= last && lines.size <= MOST_LINES; line += 1) lines.add(line);
  }
  return [...lines].toSorted((a, b) => a - b);
}

/** Into the item above: under its words, which is what makes it a list inside a list. */
const indentOne: Step = (doc, line, unit) => {
  const { text, from } = doc.line(line);
  const marks = readMarks(text);
  if (!marks?.item) return null;
  const column = columnOf(marks.item);
  const above = itemAbove(doc, line, marks.quote, column);
  if (above === null || columnOf(above.marks) !== column) return null;
  const width = signOf(above.marks).length + above.marks.space.length;
  const indent = unit.includes('\t') ? `${above.marks.indent}\t` : `${above.marks.indent}${' '.repeat(width)}`;
  const last = itemAbove(doc, line, marks.quote, indent.replaceAll('\t', '    ').length);
  const before = last !== null && columnOf(last.marks) > column ? last.marks : null;
  return rewrite(from + marks.quote.length, marks.item, indent, before === null ? 1 : before.number + 1);
};

/** Out of the item that it is in; an item of the outermost list that is indented goes to the margin. */
const outdentOne: Step = (doc, line) => {
  const { text, from } = doc.line(line);
  const marks = readMarks(text);
  if (!marks?.item || marks.item.indent === '') return null;
  const parent = itemAbove(doc, line, marks.quote, columnOf(marks.item) - 1);
  const number = parent === null || parent.marks.bullet !== '' ? marks.item.number : parent.marks.number + 1;
  return rewrite(from + marks.quote.length, marks.item, parent?.marks.indent ?? '', number);
};

/** Puts another indent, and for a numbered item another number, in the place of those at `from`. */
function rewrite(from: number, item: ItemMarks, indent: string, number: number): ChangeSpec[] {
  const changes: ChangeSpec[] = [{ from, to: from + item.indent.length, insert: indent }];
  if (item.bullet === '' && number !== item.number) {
    const start = from + item.indent.length;
    changes.push({ from: start, to: start + item.digits.length, insert: String(number) });
  }
  return changes;
}

/** After the item on `line` moved: those after it, and those that it left, count on. */
function countFollowers(doc: Text, line: number): ChangeSpec[] {
  const marks = readMarks(doc.line(line).text);
  if (!marks?.item) return [];
  const above = itemAbove(doc, line, marks.quote, columnOf(marks.item) - 1);
  return [...renumberAfter(doc, line), ...(above === null ? [] : renumberAfter(doc, above.line))];
}

/** Items that are in it now, and had others before them, begin with 1. */
function restartInner(doc: Text, line: number): ChangeSpec[] {
  const inner = innerOf(doc, line);
  if (inner === null || inner.marks.number === 1) return [];
  const start = inner.from;
  return [{ from: start, to: start + inner.marks.digits.length, insert: '1' }];
}

function countInner(doc: Text, line: number): ChangeSpec[] {
  return innerOf(doc, line) === null ? [] : renumberAfter(doc, line + 1);
}

/** The numbered item on the next line, if it is inside of this one, and where its number begins. */
function innerOf(doc: Text, line: number): { marks: ItemMarks; from: number } | null {
  if (line === doc.lines) return null;
  const outer = readMarks(doc.line(line).text)?.item;
  const { text, from } = doc.line(line + 1);
  const marks = readMarks(text);
  if (!outer || !marks?.item || marks.item.bullet !== '' || columnOf(marks.item) <= columnOf(outer)) return null;
  return { marks: marks.item, from: from + marks.quote.length + marks.item.indent.length };
}
