import { EditorSelection, type EditorState, type SelectionRange } from '@codemirror/state';
import type { Command, EditorView } from '@codemirror/view';
import { did, emacsState, setMark } from './emacs-state.ts';

/** As many as Emacs keeps. */
const MOST_KILLS = 60;

/** Units that are looked at for a word's end, with what is between it and the caret. */
const LONGEST_WORD = 2_000;

/** What was killed, the newest last; one ring for all rooms of a page. */
const ring: string[] = [];

/** Takes out what `rangeOf` says for each caret, and keeps it in the ring. */
function kill(
  rangeOf: (state: EditorState, range: SelectionRange) => { from: number; to: number },
  side: 'after' | 'before',
): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly) return true;
    const ranges = state.selection.ranges.map((range) => rangeOf(state, range));
    const text = ranges.map(({ from, to }) => state.sliceDoc(from, to)).join('\n');
    if (text === '') return true;
    keep(text, state.field(emacsState).last?.kind === 'kill' ? side : null);
    view.dispatch({
      changes: ranges.toSorted((a, b) => a.from - b.from),
      annotations: did.of({ kind: 'kill' }),
      scrollIntoView: true,
      userEvent: 'delete.kill',
    });
    return true;
  };
}

/** To the line's end, or the break if only spaces are left of the line. */
export const killLine = kill((state, { head }) => {
  const line = state.doc.lineAt(head);
  const rest = state.sliceDoc(head, line.to);
  return { from: head, to: rest.trim() === '' ? Math.min(line.to + 1, state.doc.length) : line.to };
}, 'after');

/** To the end of the next word, or of the one that the caret is in. */
export const killWord = kill(({ doc }, { head }) => {
  const found = /[\p{L}\p{N}_]+/u.exec(doc.sliceString(head, head + LONGEST_WORD));
  return { from: head, to: found === null ? head : head + found.index + found[0].length };
}, 'after');

/** Back to the beginning of a word. */
export const killWordBackward = kill(({ doc }, { head }) => {
  const before = doc.sliceString(Math.max(0, head - LONGEST_WORD), head);
  const found = /[\p{L}\p{N}_]+[^\p{L}\p{N}_]*$/u.exec(before);
  return { from: found === null ? head : head - found[0].length, to: head };
}, 'before');

/** Takes the selected words out, into the ring. */
export const killRegion = kill((_, range) => range, 'after');

/** Copies the selected words to the ring and the clipboard, and ends the selection. */
export const copyRegion: Command = (view) => {
  const { state } = view;
  const text = state.selection.ranges.map(({ from, to }) => state.sliceDoc(from, to)).join('\n');
  if (text !== '') keep(text, null);
  view.dispatch({
    selection: EditorSelection.cursor(state.selection.main.head),
    effects: setMark.of({ mark: state.field(emacsState).mark, active: false }),
  });
  return true;
};

/** Puts in what was killed last. */
export const yank: Command = (view) => {
  const { state } = view;
  const text = ring.at(-1);
  if (text === undefined || state.readOnly) return true;
  put(view, state.selection.main.from, state.selection.main.to, text);
  return true;
};

/** Right after a yank: what was killed before takes its place. */
export const yankOlder: Command = (view) => {
  const { last } = view.state.field(emacsState);
  const newest = ring.pop();
  if (newest !== undefined) ring.unshift(newest);
  const text = ring.at(-1);
  if (last?.kind === 'yank' && text !== undefined && !view.state.readOnly) put(view, last.from, last.to, text);
  return true;
};

function put(view: EditorView, from: number, to: number, text: string): void {
  const end = from + text.length;
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: end },
    annotations: did.of({ kind: 'yank', from, to: end }),
    scrollIntoView: true,
    userEvent: 'input.paste',
  });
}

/** In the ring, and where the browser lets it on the clipboard, for other programs. */
function keep(text: string, joined: 'after' | 'before' | null): void {
  const newest = joined === null ? undefined : ring.pop();
  const whole = newest === undefined ? text : joined === 'before' ? text + newest : newest + text;
  ring.push(whole);
  if (ring.length > MOST_KILLS) ring.shift();
  // Pages without HTTPS have no clipboard, and a browser may refuse: the ring has it all the same.
  if ('clipboard' in navigator) navigator.clipboard.writeText(whole).catch(() => undefined);
}
