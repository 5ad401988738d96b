import { Compartment, type Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView, type KeyBinding } from '@codemirror/view';

/** What the search panel's keys are in every desktop editor; their code is fetched with the first one. */
const KEYS = ['Mod-f', 'F3', 'Mod-g', 'Shift-Mod-g', 'Mod-d', 'Mod-Shift-l', 'Mod-Alt-g', 'Alt-g'];

const slot = new Compartment();

/** Search, replace, go to line, select the next occurrence: keys that fetch their code, then do what they say. */
export function searchOnDemand(): Extension {
  return slot.of(keymap.of(KEYS.map(stub)));
}

/** Opens the search panel from a menu. Rejects if its code cannot be fetched. */
export async function openSearch(view: EditorView): Promise<void> {
  const { searchExtension, openSearchPanel } = await import('./search-panel.ts');
  view.dispatch({ effects: slot.reconfigure(searchExtension()) });
  openSearchPanel(view);
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
