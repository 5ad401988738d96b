import type { ChangeSpec, StateCommand } from '@codemirror/state';
import { readMarks } from './list-lines.ts';

/** Ticks and unticks the tasks with a caret in them; leaves the key to others if there is none. */
export const toggleTask: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const changes = new Map<number, ChangeSpec>();
  for (const { from, to } of state.selection.ranges) {
    const last = state.doc.lineAt(to).number;
    for (let number = state.doc.lineAt(from).number; number <= last; number += 1) {
      const line = state.doc.line(number);
      const marks = readMarks(line.text);
      if (!marks?.item || marks.item.box === '') continue;
      const at = line.from + marks.length - marks.item.box.length + 1;
      changes.set(at, { from: at, to: at + 1, insert: state.sliceDoc(at, at + 1) === ' ' ? 'x' : ' ' });
    }
  }
  if (changes.size === 0) return false;
  dispatch(state.update({ changes: [...changes.values()], userEvent: 'input.task' }));
  return true;
};
