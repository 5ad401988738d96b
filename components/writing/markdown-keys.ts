import { Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type Command, type KeyBinding } from '@codemirror/view';
import { continueMarks } from '../editor/continue-marks.ts';
import type { CommandName } from './commands.ts';
import { indentItems, isInCode, outdentItems } from './lists.ts';
import { pasteLink } from './paste-link.ts';
import { alignsOf, looksLikeRow, MOST_ROWS } from './table-text.ts';
import { toggleTask } from './task.ts';

/**
 * Keys whose code is fetched with the first of them, or a while after the page. None writes a letter on any keyboard, none is
 * another's on this page: Ctrl+K opens the palette, so a link is made by pasting an address over words, or from the bar.
 */
const FORMAT_KEYS: readonly { key: string; name: CommandName }[] = [
  { key: 'Mod-b', name: 'bold' },
  { key: 'Mod-i', name: 'italic' },
  { key: 'Mod-e', name: 'code' },
  { key: 'Mod-Shift-x', name: 'strike' },
  { key: 'Mod-Shift-7', name: 'numbers' },
  { key: 'Mod-Shift-8', name: 'bullets' },
  { key: 'Mod-Shift-9', name: 'tasks' },
  { key: 'Mod-Shift-.', name: 'quote' },
];

/** What Enter, Tab, the format keys and a pasted address do in Markdown. */
export function markdownKeys(): Extension {
  return [
    Prec.high(
      keymap.of([
        { key: 'Enter', run: continueMarks },
        { key: 'Tab', run: tab('nextCell', indentItems), shift: tab('previousCell', outdentItems) },
        { key: 'Mod-Enter', run: toggleTask },
        ...FORMAT_KEYS.map(formatKey),
      ]),
    ),
    Prec.high(pasteLink()),
    fetchWhenWriting,
  ];
}

/** Whoever writes may soon press one of these keys; the first press must not come after the next letters. */
const fetchWhenWriting = EditorView.domEventHandlers({
  beforeinput() {
    // A head start only: the keys ask again.
    import('./commands.ts').catch(() => undefined);
    return false;
  },
});

function formatKey({ key, name }: { key: string; name: CommandName }): KeyBinding {
  const run: Command = (view) => {
    if (view.state.readOnly) return false;
    void runSoon(view, name);
    return true;
  };
  return { key, run, preventDefault: true };
}

/** In a table to another cell, in a list another step in or out; elsewhere the key is left to others. */
function tab(cell: CommandName, items: Command): Command {
  return (view) => {
    const { state } = view;
    const { main, ranges } = state.selection;
    if (ranges.length > 1 || state.readOnly || !isTable(view, main.head)) return items(view);
    void runSoon(view, cell);
    return true;
  };
}

/** Is there the row under a table's head, at most as far away as tables are long? */
function isTable({ state }: EditorView, position: number): boolean {
  const { doc } = state;
  const here = doc.lineAt(position).number;
  if (isInCode(state, position)) return false;
  if (here < doc.lines && looksLikeRow(doc.line(here).text) && alignsOf(doc.line(here + 1).text) !== null) return true;
  for (let number = here; number > 1 && here - number < MOST_ROWS; number -= 1) {
    const { text } = doc.line(number);
    if (!looksLikeRow(text)) return false;
    if (alignsOf(text) !== null) return true;
  }
  return false;
}

async function runSoon(view: EditorView, name: CommandName): Promise<void> {
  try {
    const { runCommand } = await import('./commands.ts');
    runCommand(view, name);
  } catch (error) {
    // Without a network the text stays as it is.
    reportError(error);
  }
}
