import { isolateHistory, redo, undo } from '@codemirror/commands';
import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { INLINE, markedAround, toggleInline } from './inline-marks.ts';
import { countOn, cycleHeading, hasLineMark, headingLevel, toggleLines, type LineMark } from './line-marks.ts';
import { isInCode } from './in-code.ts';
import { addColumn, addRow, editTable, keepCell, newTable, nextCell, previousCell, tableAt } from './table-edit.ts';
import { toggleFence } from './code-fence.ts';
import { toggleLink } from './link.ts';
import { writingStrings } from './writing-strings.ts';

/** What can be done to the selected text of a room that is written in Markdown. */
export type CommandName =
  | keyof typeof INLINE
  | LineMark
  | 'heading'
  | 'link'
  | 'table'
  | 'formatTable'
  | 'nextCell'
  | 'previousCell'
  | 'rowBelow'
  | 'columnAfter'
  | 'undo'
  | 'redo';

/** Does it to the text of `view`: one step for undo. False if there is nothing to do it to, or the text only reads. */
export function runCommand(view: EditorView, name: CommandName): boolean {
  if (view.state.readOnly) return false;
  if (name === 'undo') return undo(view);
  if (name === 'redo') return redo(view);
  const spec = specOf(view.state, name);
  if (spec === null) return false;
  // What is typed next is another step for undo.
  view.dispatch(spec, { annotations: isolateHistory.of('full') });
  return true;
}

/** The change that a command makes; null if there is nothing to do it to. */
export function specOf(state: EditorState, name: Exclude<CommandName, 'undo' | 'redo'>): TransactionSpec | null {
  switch (name) {
    case 'bold':
    case 'italic':
    case 'strike':
      return { ...toggleInline(state, INLINE[name]), scrollIntoView: true, userEvent: 'input.format' };
    case 'code':
      return (
        toggleFence(state) ?? { ...toggleInline(state, INLINE.code), scrollIntoView: true, userEvent: 'input.format' }
      );
    case 'bullets':
    case 'numbers':
    case 'tasks':
    case 'quote':
      return lines(state, name);
    case 'heading':
      return mapped(state, cycleHeading(state));
    case 'link':
      return toggleLink(state);
    case 'table':
      return newTable(state, { column: writingStrings.column });
    case 'formatTable':
      return editTable(state, keepCell);
    case 'nextCell':
      return editTable(state, nextCell);
    case 'previousCell':
      return editTable(state, previousCell);
    case 'rowBelow':
      return editTable(state, addRow);
    case 'columnAfter':
      return editTable(state, addColumn);
    default:
      return unknown(name);
  }
}

function lines(state: EditorState, mark: LineMark): TransactionSpec {
  const first = mapped(state, toggleLines(state, mark));
  if (mark !== 'numbers') return first;
  // Items further down count on from the new ones.
  const after = state.update(first);
  const numbers = after.state.changes(countOn(after.state));
  return {
    ...first,
    changes: after.changes.compose(numbers),
    selection: after.newSelection.map(numbers),
  };
}

/** A caret at a line's start goes behind the marks that come in there. */
function mapped(state: EditorState, changes: ReturnType<typeof toggleLines>): TransactionSpec {
  const set = state.changes(changes);
  const ranges = state.selection.ranges.map(({ anchor, head }) =>
    EditorSelection.range(set.mapPos(anchor, 1), set.mapPos(head, 1)),
  );
  return {
    changes: set,
    selection: EditorSelection.create(ranges, state.selection.mainIndex),
    scrollIntoView: true,
    userEvent: 'input.format',
  };
}

/** What the caret stands in, as far as a command makes it. */
export function activeFormats(state: EditorState): CommandName[] {
  const { main } = state.selection;
  const { text } = state.doc.lineAt(main.head);
  const active: CommandName[] = [];
  if (isInCode(state, main.head)) return ['code'];
  for (const name of Object.keys(INLINE) as (keyof typeof INLINE)[]) {
    if (markedAround(state, main, INLINE[name].node) !== null) active.push(name);
  }
  for (const name of ['bullets', 'numbers', 'tasks', 'quote'] as const) if (hasLineMark(text, name)) active.push(name);
  if (headingLevel(text) > 0) active.push('heading');
  if (markedAround(state, main, 'Link') !== null) active.push('link');
  if (tableAt(state) !== null) active.push('table');
  return active;
}

function unknown(name: never): never {
  throw new Error(`No command is called ${JSON.stringify(name)}`);
}
