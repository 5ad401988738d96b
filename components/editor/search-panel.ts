import {
  SearchQuery,
  findNext,
  gotoLine,
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
  setSearchQuery,
} from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView } from '@codemirror/view';

export { openSearchPanel };

/** The page has its own way to a line. */
const KEYS = searchKeymap.filter(({ run }) => run !== gotoLine);

/** The search panel above the text, and its keys. */
export function searchExtension(): Extension {
  return [search({ top: true }), highlightSelectionMatches({ minSelectionLength: 2 }), keymap.of(KEYS)];
}

/** Looks for `text` in the panel, which is open, and goes to its first match from the caret on. */
export function searchFor(view: EditorView, text: string): void {
  view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: text })) });
  findNext(view);
}

/** What `key` does in the search keymap, for the key press that fetched this file. */
export function commandOf(key: string): Command | undefined {
  const shifted = key.startsWith('Shift-');
  const plain = shifted ? key.slice('Shift-'.length) : key;
  const binding = searchKeymap.find((one) => one.key === key) ?? searchKeymap.find((one) => one.key === plain);
  return shifted ? (binding?.shift ?? binding?.run) : binding?.run;
}
