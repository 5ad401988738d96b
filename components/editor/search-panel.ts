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
import { EditorState, type Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView } from '@codemirror/view';
import { searchStrings } from './search-strings.ts';

export { openSearchPanel };

/** The page has its own way to a line. */
const KEYS = searchKeymap.filter(({ run }) => run !== gotoLine);

/** By what CodeMirror calls them. */
const PHRASES = {
  Find: searchStrings.find,
  Replace: searchStrings.replaceWith,
  next: searchStrings.next,
  previous: searchStrings.previous,
  all: searchStrings.all,
  'match case': searchStrings.matchCase,
  regexp: searchStrings.regexp,
  'by word': searchStrings.byWord,
  replace: searchStrings.replace,
  'replace all': searchStrings.replaceAll,
  close: searchStrings.close,
  'current match': searchStrings.currentMatch,
  'on line': searchStrings.onLine,
  'replaced match on line $': searchStrings.replacedOnLine,
  'replaced $ matches': searchStrings.replaced,
};

/** The search panel above the text, and its keys. */
export function searchExtension(): Extension {
  return [
    EditorState.phrases.of(PHRASES),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    keymap.of(KEYS),
  ];
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
