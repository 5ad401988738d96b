import { EditorState, Prec, type ChangeDesc, type Extension } from '@codemirror/state';
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { emacs, EmacsHandler } from '@replit/codemirror-emacs';
import { isRemote } from '../editor/remote-annotation.ts';
import { blockCaret } from './block-caret.ts';
import type { KeyHooks } from './key-hooks.ts';

/** Whom Ctrl+X Ctrl+S speaks to: Emacs' commands are one set for all editors of a page. */
const hooksOf = new WeakMap<EditorView, KeyHooks>();

/** Emacs' keys. Undo is this editor's: it takes back what was written here, never what others wrote. */
export function emacsKeys(hooks: KeyHooks): Extension {
  prepare();
  const bound = ViewPlugin.define((view) => {
    hooksOf.set(view, hooks);
    hooks.onMode('emacs');
    return {};
  });
  return Prec.highest([watchOthers, emacs(), bound, blockCaret, keepReadOnly]);
}

/** Some of the package's commands write without asking whether they may. */
const keepReadOnly = EditorState.changeFilter.of(
  (transaction) => !transaction.startState.readOnly || isRemote(transaction),
);

/** Is the update that the views take in now one of others alone? */
let others = false;
const watchOthers = ViewPlugin.define(() => ({
  update: ({ transactions }: ViewUpdate) => {
    others = transactions.every((transaction) => !transaction.docChanged || isRemote(transaction));
  },
}));

type Handler = InstanceType<typeof EmacsHandler>;

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  EmacsHandler.addCommands({
    save: (handler: Handler) => hooksOf.get(handler.view)?.onSave(),
    // There is no command line; the palette is what comes nearest.
    focusCommandLine: (handler: Handler) => hooksOf.get(handler.view)?.onCommandLine(),
    killRingSave: { exec: copyToClipboard(), readOnly: true },
  });
  EmacsHandler.bindKey('C-x C-s|C-x s', 'save');
  keepMark();
}

/** The package writes to a clipboard that pages without HTTPS do not have; its own memory works there too. */
function copyToClipboard(): (handler: Handler) => void {
  const { exec } = EmacsHandler.commands['killRingSave'] as { exec: (handler: Handler) => void };
  return (handler) => {
    try {
      exec(handler);
    } catch {
      // The words are in Emacs' own ring by then.
    }
  };
}

/** The mark goes when somebody types; typing of others only moves it. The package forgets it with every change. */
function keepMark(): void {
  const marks = new WeakMap<Handler, Handler['$emacsMark']>();
  const { prototype } = EmacsHandler;
  const { setEmacsMark, updateMarksOnChange } = prototype;
  prototype.setEmacsMark = function (this: Handler, mark) {
    marks.set(this, mark);
    setEmacsMark.call(this, mark);
  };
  prototype.updateMarksOnChange = function (this: Handler, change: ChangeDesc) {
    const mark = others ? this.updateMark(marks.get(this), change) : null;
    updateMarksOnChange.call(this, change);
    this.setEmacsMark(mark);
  };
}
