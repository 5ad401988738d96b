import { openSearchPanel, search, searchKeymap, highlightSelectionMatches } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { keymap, type Command } from '@codemirror/view';

export { openSearchPanel };

/** The search panel above the text, and its keys. */
export function searchExtension(): Extension {
  return [search({ top: true }), highlightSelectionMatches({ minSelectionLength: 2 }), keymap.of(searchKeymap)];
}

/** What `key` does in the search keymap, for the key press that fetched this file. */
export function commandOf(key: string): Command | undefined {
  const shifted = key.startsWith('Shift-');
  const plain = shifted ? key.slice('Shift-'.length) : key;
  const binding = searchKeymap.find((one) => one.key === key) ?? searchKeymap.find((one) => one.key === plain);
  return shifted ? (binding?.shift ?? binding?.run) : binding?.run;
}
