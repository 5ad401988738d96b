import { indentLess, indentMore, insertBlankLine } from '@codemirror/commands';
import { Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, type Command, type KeyBinding } from '@codemirror/view';
import { continueMarks } from '../editor/continue-marks.ts';
import type { CommandName } from './commands.ts';
import type * as MarkdownActions from './markdown-actions.ts';

type Actions = typeof MarkdownActions;

/**
 * Keys that mark words and lines. None writes a letter on any keyboard, none is another's on this page: Ctrl+K opens the
 * palette, so a link is made by pasting an address over words, or from the bar.
 */
const FORMAT_KEYS: readonly (readonly [key: string, name: CommandName])[] = [
  ['Mod-b', 'bold'],
  ['Mod-i', 'italic'],
  ['Mod-e', 'code'],
  ['Mod-Shift-x', 'strike'],
  ['Mod-Shift-7', 'numbers'],
  ['Mod-Shift-8', 'bullets'],
  ['Mod-Shift-9', 'tasks'],
  ['Mod-Shift-.', 'quote'],
];

/** A line that begins as an item or a quotation does, or has a bar as tables have: only there does Tab do more. */
const MARKED = /^\s*(?:[-*+>]|\d{1,9}[.)])|\|/;

/**
 * What Enter, Tab, the format keys and a pasted address do in Markdown. Their code is fetched when somebody begins to write, but
 * that of Enter is here: whoever presses it types on at once, and in the line that it makes.
 */
export function markdownKeys(): Extension {
  return Prec.high([
    keymap.of([
      { key: 'Enter', run: continueMarks },
      {
        key: 'Tab',
        run: marked((actions) => actions.tabForward, indentMore),
        shift: marked((actions) => actions.tabBackward, indentLess),
      },
      { key: 'Mod-Enter', run: marked((actions) => actions.toggleTask, insertBlankLine) },
      ...FORMAT_KEYS.map(formatKey),
    ]),
    EditorView.domEventHandlers({
      pointerdown: headStart,
      keydown: headStart,
      paste: (event, view) => here?.pasteLink(event, view) ?? false,
    }),
  ]);
}

let here: Actions | null = null;

async function fetchActions(): Promise<Actions> {
  here = await import('./markdown-actions.ts');
  return here;
}

function headStart(): false {
  // Whoever needs it asks again.
  if (here === null) fetchActions().catch(() => undefined);
  return false;
}

/**
 * The action as soon as its code is here; `usual` is what the key does if the action does not take it. Nothing, if somebody
 * went on writing or moved the caret meanwhile: it was meant for where the caret was.
 */
function marked(choose: (actions: Actions) => Command, usual: Command): Command {
  return (view) => {
    const { state } = view;
    if (state.readOnly || !state.selection.ranges.some(({ head }) => MARKED.test(state.doc.lineAt(head).text)))
      return false;
    if (here !== null) return choose(here)(view);
    const isAsItWas = () => view.state.doc.eq(state.doc) && view.state.selection.eq(state.selection);
    fetchActions().then(
      (actions) => isAsItWas() && (choose(actions)(view) || usual(view)),
      () => isAsItWas() && usual(view),
    );
    return true;
  };
}

function formatKey([key, name]: readonly [string, CommandName]): KeyBinding {
  const run: Command = (view) => {
    if (view.state.readOnly) return false;
    if (here !== null) here.runCommand(view, name);
    // Without a network the text stays as it is.
    else fetchActions().then(({ runCommand }) => runCommand(view, name), reportError);
    return true;
  };
  return { key, run, preventDefault: true };
}
