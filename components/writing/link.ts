import { EditorSelection, type EditorState, type TransactionSpec } from '@codemirror/state';
import { markedAround } from './inline-marks.ts';

/** Makes links of the selected words, with the caret where the address goes; or plain words of a link that the caret is in. */
export function toggleLink(state: EditorState): TransactionSpec {
  const options = { scrollIntoView: true, userEvent: 'input.format' };
  const found = markedAround(state, state.selection.main, 'Link');
  if (found !== null) {
    const words = /^\[([^\]]*)\]/.exec(state.sliceDoc(found.from, found.to))?.[1];
    const start = found.from + 1;
    const end = words === undefined ? found.to : start + words.length;
    return {
      changes: [
        { from: found.from, to: start },
        { from: end, to: found.to },
      ],
      ...options,
    };
  }
  const spec = state.changeByRange((range) => {
    const at = range.empty ? (state.wordAt(range.head) ?? range) : range;
    const words = state.sliceDoc(at.from, at.to);
    const insert = `[${words}]()`;
    // Words first, if there are none yet.
    const caret = words === '' ? at.from + 1 : at.from + insert.length - 1;
    return { changes: { from: at.from, to: at.to, insert }, range: EditorSelection.cursor(caret) };
  });
  return { ...spec, ...options };
}
