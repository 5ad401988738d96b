import { Prec, type Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { getCM, vim, Vim } from '@replit/codemirror-vim';
import { isRemote } from '../editor/remote-annotation.ts';
import { blockCaret } from './block-caret.ts';
import type { KeyHooks, KeyMode } from './key-hooks.ts';
import { settingsStrings } from './settings-strings.ts';

type Vims = NonNullable<ReturnType<typeof getCM>>;

/** Whom `:w` speaks to: Vim's commands are one set for all editors of a page. */
const hooksOf = new WeakMap<EditorView, KeyHooks>();

/** Vim's keys. Undo is this editor's: it takes back what was written here, never what others wrote. */
export function vimKeys(hooks: KeyHooks): Extension {
  for (const [name, short] of SAVES) {
    Vim.defineEx(name, short, (cm: { cm6: EditorView }) => hooksOf.get(cm.cm6)?.onSave());
  }
  const bound = ViewPlugin.define((view) => {
    hooksOf.set(view, hooks);
    const cm = getCM(view);
    if (cm === null) return {};
    withoutOthers(cm);
    const changed = (event: { mode: string; subMode?: string }) => hooks.onMode(modeOf(event));
    const named = () => nameCommandLine(cm);
    cm.on('vim-mode-change', changed);
    cm.on('dialog', named);
    hooks.onMode('normal');
    return {
      destroy: () => {
        cm.off('vim-mode-change', changed);
        cm.off('dialog', named);
      },
    };
  });
  return Prec.highest([vim(), bound, blockCaret, commandLine]);
}

/** Whatever is said with these, the text is saved by itself and the page stays. */
const SAVES = [
  ['write', 'w'],
  ['wall', 'wa'],
  ['wq', 'wq'],
  ['xit', 'x'],
  ['update', 'up'],
] as const;

/** What others write moves Vim's marks, but `.` must not repeat it as if it had been typed here. */
function withoutOthers(cm: Vims): void {
  const take = cm.onChange;
  cm.onChange = (update) => {
    const operation = cm.curOp;
    take(update);
    if (update.transactions.every((transaction) => !transaction.docChanged || isRemote(transaction))) {
      cm.curOp = operation;
    }
  };
}

/** The package gives its field no name. */
function nameCommandLine(cm: Vims): void {
  const { dialog } = cm.state;
  if (dialog instanceof Element) dialog.querySelector('input')?.setAttribute('aria-label', settingsStrings.commandLine);
}

function modeOf({ mode, subMode }: { mode: string; subMode?: string }): KeyMode {
  switch (mode) {
    case 'insert':
    case 'replace':
      return mode;
    case 'visual':
      return subMode === 'linewise' ? 'visualLine' : subMode === 'blockwise' ? 'visualBlock' : 'visual';
    default:
      return 'normal';
  }
}

/** The line for `:` and `/`, below the text. */
const commandLine = EditorView.theme({
  '.cm-panel.cm-vim-panel': {
    padding: '6px 16px',
    borderBlockStart: '1px solid var(--line)',
    fontFamily: 'var(--face-mono)',
    fontSize: 'var(--text-sm)',
  },
  '.cm-panel.cm-vim-panel input': { background: 'none', color: 'inherit', font: 'inherit' },
});
