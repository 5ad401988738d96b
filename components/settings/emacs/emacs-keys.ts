import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupBackward,
  cursorGroupForward,
  cursorLineDown,
  cursorLineEnd,
  cursorLineStart,
  cursorLineUp,
  cursorPageDown,
  cursorPageUp,
  deleteCharBackward,
  deleteCharForward,
  selectAll,
  selectCharLeft,
  selectCharRight,
  selectDocEnd,
  selectDocStart,
  selectGroupBackward,
  selectGroupForward,
  selectLineDown,
  selectLineEnd,
  selectLineStart,
  selectLineUp,
  selectPageDown,
  selectPageUp,
  splitLine,
  toggleComment,
  transposeChars,
  undo,
} from '@codemirror/commands';
import { EditorSelection, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, ViewPlugin, type Command, type KeyBinding } from '@codemirror/view';
import { openSearch } from '../../editor/search-keys.ts';
import type { KeyHooks } from '../key-hooks.ts';
import { emacsState, setMark } from './emacs-state.ts';
import { copyRegion, killLine, killRegion, killWord, killWordBackward, yank, yankOlder } from './kill-ring.ts';

/**
 * Emacs' keys, on CodeMirror's own commands: the package for them loses its commands to every bundler that believes its notes,
 * writes into texts that only read, and forgets the mark when somebody else types. Undo is this editor's: it takes back what was
 * written here, never what others wrote.
 */
export function emacsKeys(hooks: KeyHooks): Extension {
  const told = ViewPlugin.define(() => {
    hooks.onMode('emacs');
    return {};
  });
  return [emacsState, told, Prec.highest(keymap.of([...MOVES, ...EDITS, ...asking(hooks)]))];
}

const move = (keys: readonly string[], cursor: Command, select: Command): KeyBinding[] =>
  keys.map((key) => ({
    key,
    run: (view) => (view.state.field(emacsState).active ? select : cursor)(view),
    shift: select,
    preventDefault: true,
  }));

/** Movements select once the mark is set. */
const MOVES: readonly KeyBinding[] = [
  ...move(['Ctrl-f', 'ArrowRight'], cursorCharRight, selectCharRight),
  ...move(['Ctrl-b', 'ArrowLeft'], cursorCharLeft, selectCharLeft),
  ...move(['Ctrl-n', 'ArrowDown'], cursorLineDown, selectLineDown),
  ...move(['Ctrl-p', 'ArrowUp'], cursorLineUp, selectLineUp),
  ...move(['Ctrl-a', 'Home'], cursorLineStart, selectLineStart),
  ...move(['Ctrl-e', 'End'], cursorLineEnd, selectLineEnd),
  ...move(['Alt-f'], cursorGroupForward, selectGroupForward),
  ...move(['Alt-b'], cursorGroupBackward, selectGroupBackward),
  ...move(['Ctrl-v', 'PageDown'], cursorPageDown, selectPageDown),
  ...move(['Alt-v', 'PageUp'], cursorPageUp, selectPageUp),
  ...move(['Alt-<', 'Ctrl-Home'], cursorDocStart, selectDocStart),
  ...move(['Alt->', 'Ctrl-End'], cursorDocEnd, selectDocEnd),
];

const mark: Command = (view) => {
  const { head } = view.state.selection.main;
  const again = view.state.field(emacsState).active && view.state.selection.main.empty;
  view.dispatch({ selection: EditorSelection.cursor(head), effects: setMark.of({ mark: head, active: !again }) });
  return true;
};

const swapMark: Command = (view) => {
  const { mark: at } = view.state.field(emacsState);
  const { head } = view.state.selection.main;
  if (at !== null) {
    view.dispatch({
      selection: EditorSelection.range(head, at),
      effects: setMark.of({ mark: head, active: true }),
      scrollIntoView: true,
    });
  }
  return true;
};

const quit: Command = (view) => {
  const { mark: at } = view.state.field(emacsState);
  view.dispatch({
    selection: EditorSelection.cursor(view.state.selection.main.head),
    effects: setMark.of({ mark: at, active: false }),
  });
  return true;
};

const center: Command = (view) => {
  view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: 'center' }) });
  return true;
};

const search: Command = (view) => {
  openSearch(view).catch(reportError);
  return true;
};

const bind = (keys: readonly string[], run: Command): KeyBinding[] =>
  keys.map((key) => ({ key, run, preventDefault: true }));

const EDITS: readonly KeyBinding[] = [
  ...bind(['Ctrl-Space', 'Ctrl-@'], mark),
  ...bind(['Ctrl-x Ctrl-x'], swapMark),
  ...bind(['Ctrl-g'], quit),
  ...bind(['Ctrl-x h'], selectAll),
  ...bind(['Ctrl-d'], deleteCharForward),
  ...bind(['Ctrl-h'], deleteCharBackward),
  ...bind(['Ctrl-k'], killLine),
  ...bind(['Alt-d', 'Ctrl-Delete'], killWord),
  ...bind(['Alt-Backspace', 'Ctrl-Backspace'], killWordBackward),
  // Most browsers close their tab with Ctrl+W and tell the page nothing of it.
  ...bind(['Ctrl-w', 'Shift-Delete'], killRegion),
  ...bind(['Alt-w'], copyRegion),
  ...bind(['Ctrl-y'], yank),
  ...bind(['Alt-y'], yankOlder),
  ...bind(['Ctrl-/', 'Ctrl-_', 'Ctrl-x u'], undo),
  ...bind(['Ctrl-o'], splitLine),
  ...bind(['Ctrl-t'], transposeChars),
  ...bind(['Alt-;'], toggleComment),
  ...bind(['Ctrl-l'], center),
  ...bind(['Ctrl-s', 'Ctrl-r'], search),
];

/** What the page does; there is no command line, the palette is what comes nearest. */
function asking(hooks: KeyHooks): KeyBinding[] {
  const ask = (run: () => void): Command => {
    return () => {
      run();
      return true;
    };
  };
  return [...bind(['Ctrl-x Ctrl-s', 'Ctrl-x s'], ask(hooks.onSave)), ...bind(['Alt-x'], ask(hooks.onCommandLine))];
}
