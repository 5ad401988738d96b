import { useMemo, useState } from 'react';
import { Hash, Search } from 'lucide-react';
import { openSearch } from '../editor/search-keys.ts';
import { goToLine } from '../outline/go-to.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { useLanguageNames } from '../room/use-language-names.ts';
import type { Findable } from './action.ts';
import { ACTIONS } from './actions.ts';
import { find, type Section } from './find.ts';
import { languages, places } from './places.ts';
import { lineInQuery } from './line-in-query.ts';
import { paletteStrings } from './palette-strings.ts';
import { recentActions } from './recent-actions.ts';

export interface Results {
  sections: readonly Section[];
  /** Where else to look: the last row, always there. */
  elsewhere: Findable;
  /** What is said instead of rows; null if there are any. */
  nothing: string | null;
}

/** What the palette shows for the query. What there is to find is read once, when the palette opens. */
export function useResults(query: string, tools: RoomTools): Results {
  const [fixed] = useState(() => [
    ...ACTIONS.filter(({ when }) => when?.(tools) !== false),
    ...places(tools, Date.now()),
  ]);
  const [recent] = useState(recentActions);
  const names = useLanguageNames();
  const canEdit = tools.client !== null && tools.view.canEdit;
  const all = useMemo(() => [...fixed, ...(canEdit ? languages(names) : [])], [fixed, names, canEdit]);
  return useMemo(() => resultsOf(query, all, recent, tools), [query, all, recent, tools]);
}

function resultsOf(query: string, all: readonly Findable[], recent: readonly string[], tools: RoomTools): Results {
  const place = lineInQuery(query);
  const elsewhere = elsewhereFor(place === null ? query.trim().replace(/^[#@]/, '').trim() : '');
  if (place === 'unknown') return { sections: [], elsewhere, nothing: paletteStrings.noLine };
  if (place !== null) {
    const row = { one: lineRow(place.line, place.column, tools), ranges: [] };
    return { sections: [{ name: 'headings', rows: [row] }], elsewhere, nothing: null };
  }
  const sections = find(query, all, recent);
  return { sections, elsewhere, nothing: sections.length > 0 ? null : paletteStrings.none(query.trim()) };
}

function lineRow(line: number, column: number, { editor }: RoomTools): Findable {
  const view = editor();
  const last = view?.state.doc.lines ?? 1;
  const text = view?.state.doc.line(Math.min(line, last)).text.trim().slice(0, 60) ?? '';
  return {
    id: 'line',
    words: line > last ? paletteStrings.lastLine(last) : paletteStrings.goToLine(line, column),
    ...(text === '' ? {} : { detail: text }),
    group: 'headings',
    icon: Hash,
    run: () => {
      if (view !== null) goToLine(view, line, column);
    },
  };
}

function elsewhereFor(query: string): Findable {
  const search = { id: 'search', group: 'text', icon: Search } as const;
  if (query === '') {
    return { ...search, words: paletteStrings.search, keys: 'Mod+F', run: ({ acts }) => acts.search() };
  }
  return {
    ...search,
    words: paletteStrings.searchFor(query),
    run: ({ editor, warn }) => {
      const view = editor();
      if (view !== null) openSearch(view, query).catch(() => warn(paletteStrings.searchNotHere));
    },
  };
}
