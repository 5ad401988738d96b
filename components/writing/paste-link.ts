import { EditorSelection, type EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { isInCode } from './in-code.ts';

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i;

/** An address pasted over words makes a link of them; over another address, or in code, it takes their place as ever. */
export function pasteLink(event: ClipboardEvent, view: EditorView): boolean {
  const address = event.clipboardData?.getData('text/plain').trim() ?? '';
  const { state } = view;
  if (state.readOnly || !ADDRESS.test(address) || !state.selection.ranges.every((range) => isWords(state, range)))
    return false;
  view.dispatch(
    state.changeByRange((range) => {
      const insert = `[${state.sliceDoc(range.from, range.to)}](${address.replaceAll(')', '%29')})`;
      return {
        changes: { from: range.from, to: range.to, insert },
        range: EditorSelection.cursor(range.from + insert.length),
      };
    }),
    { scrollIntoView: true, userEvent: 'input.paste' },
  );
  return true;
}

function isWords(state: EditorState, { from, to }: { from: number; to: number }): boolean {
  const words = state.sliceDoc(from, to);
  return words.trim() !== '' && !/[\n[\]]/.test(words) && !ADDRESS.test(words) && !isInCode(state, from);
}
