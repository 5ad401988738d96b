import { Compartment, type Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView, type KeyBinding } from '@codemirror/view';

/** What the search panel's keys are in every desktop editor; their code is fetched with the first one. */
const KEYS = ['Mod-f', 'F3', 'Mod-g', 'Shift-Mod-g', 'Mod-d', 'Mod-Shift-l'];

const slot = new Compartment();

/** Search, replace, select the next occurrence: keys that fetch their code, then do what they say. */
export function searchOnDemand(): Extension {
  return slot.of(keymap.of(KEYS.map(stub)));
}

/** Opens the search panel from a menu, at the first match of `text` if that is given. Rejects if its code cannot be fetched. */
export async function openSearch(view: EditorView, text?: string): Promise<void> {
  const { searchExtension, openSearchPanel, searchFor } = await import('./search-panel.ts');
  view.dispatch({ effects: slot.reconfigure(searchExtension()) });
  openSearchPanel(view);
  if (text !== undefined) searchFor(view, text);
}

function stub(key: string): KeyBinding {
  const run: Command = (view) => {
    void install(view, key);
    return true;
  };
  return { key, run, preventDefault: true };
}

async function install(view: EditorView, key: string): Promise<void> {
  const { searchExtension, commandOf } = await import('./search-panel.ts');
  view.dispatch({ effects: slot.reconfigure(searchExtension()) });
  commandOf(key)?.(view);
}
