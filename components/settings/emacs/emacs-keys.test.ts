import { EditorState, type Transaction, type TransactionSpec } from '@codemirror/state';
import type { Command, EditorView } from '@codemirror/view';
import { expect, it, vi } from 'vitest';
import { remote } from '../../editor/remote-annotation.ts';
import { emacsState, setMark } from './emacs-state.ts';
import { copyRegion, killLine, killRegion, killWord, killWordBackward, yank, yankOlder } from './kill-ring.ts';

// A browser without a clipboard.
vi.stubGlobal('navigator', {});

/** As much of a view as these commands touch. */
function editing(doc: string, at: number, readOnly = false) {
  let state = EditorState.create({
    doc,
    selection: { anchor: at },
    extensions: [emacsState, EditorState.readOnly.of(readOnly)],
  });
  const dispatch = (spec: TransactionSpec | Transaction) => {
    state = ('state' in spec && spec.state instanceof EditorState ? spec : state.update(spec)).state;
  };
  const view = {
    get state() {
      return state;
    },
    dispatch,
  } as unknown as EditorView;
  return {
    run: (...commands: Command[]) => {
      for (const command of commands) command(view);
      return state.doc.toString();
    },
    dispatch,
    emacs: () => state.field(emacsState),
  };
}

it('[page] kills in a row come back as one, and the older one in its place', () => {
  const text = editing('one two\nthree', 0);
  expect(text.run(killWord)).toBe(' two\nthree');
  text.dispatch({ selection: { anchor: 1 } });
  expect(text.run(killLine, killLine)).toBe(' three');
  expect(text.run(yank)).toBe(' two\nthree');
  expect(text.run(yankOlder)).toBe(' onethree');
});

it('[page] a word killed backwards joins in front', () => {
  const text = editing('one two three', 7);
  expect(text.run(killWordBackward, killWordBackward)).toBe(' three');
  expect(text.run(yank)).toBe('one two three');
});

it('[page] others move the mark and do not end a row of kills; typing here does', () => {
  const text = editing('one two', 3);
  text.dispatch({ effects: setMark.of({ mark: 3, active: true }) });
  text.dispatch({ changes: { from: 0, insert: 'by Bob ' }, annotations: remote.of(2) });
  expect(text.emacs()).toEqual({ mark: 10, active: true, last: null });
  text.run(killLine);
  expect(text.emacs()).toEqual({ mark: 10, active: false, last: { kind: 'kill' } });
  text.dispatch({ changes: { from: 0, insert: '!' }, annotations: remote.of(2) });
  expect(text.emacs().last).toEqual({ kind: 'kill' });
  text.dispatch({ changes: { from: 0, insert: 'a' } });
  expect(text.emacs().last).toBe(null);
});

it('[page] a text that only reads is copied and never changed', () => {
  const text = editing('one two', 0, true);
  expect(text.run(killLine, killWord, yank)).toBe('one two');
  text.dispatch({ selection: { anchor: 0, head: 3 } });
  expect(text.run(copyRegion, killRegion, yank)).toBe('one two');
});
