'use client';

import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { Kbd } from '../ui/kbd.tsx';
import { ACTIONS } from './actions.ts';
import type { Row, SectionName } from './find.ts';
import { PaletteHints } from './palette-hints.tsx';
import { PaletteLayer } from './palette-layer.tsx';
import { PaletteRow } from './palette-row.tsx';
import { paletteStrings } from './palette-strings.ts';
import { rememberAction } from './recent-actions.ts';
import { useResults } from './use-results.ts';

/** How many rows Page up and Page down move. */
const PAGE = 8;

/** Finds and does everything there is in a room, by typing a part of its name. */
export function CommandPalette(props: DialogProps) {
  return <Palette {...props} start="" />;
}

/** The same, waiting for the number of a line. */
export function GoToLine(props: DialogProps) {
  return <Palette {...props} start=":" />;
}

function Palette({ tools, onClose, start }: DialogProps & { start: string }) {
  const [query, setQuery] = useState(start);
  /** Which row Enter runs. It is the first again after every letter, so that what comes is known before it is seen. */
  const [active, setActive] = useState(0);
  const { sections, elsewhere, nothing } = useResults(query, tools);
  const id = useId();
  const groups: { name: SectionName | 'elsewhere'; words: string; rows: readonly Row[] }[] = [
    ...sections.map(({ name, rows }) => ({ name, rows, words: paletteStrings.sections[name] })),
    { name: 'elsewhere', words: paletteStrings.elsewhere, rows: [{ one: elsewhere, ranges: [] }] },
  ];
  const all = groups.flatMap(({ rows }) => rows);
  const chosen = Math.min(active, all.length - 1);
  const rowId = (index: number) => `${id}-${index}`;

  const ask = (next: string) => {
    setQuery(next);
    setActive(0);
  };
  const run = ({ one }: Row) => {
    if (ACTIONS.some((action) => action.id === one.id)) rememberAction(one.id);
    if (one.asks !== undefined) return ask(one.asks);
    onClose();
    // After the palette has let go of the page: what opens now takes the focus for itself.
    setTimeout(() => one.run(tools));
  };
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = stepOf(event.key);
    if (step !== 0) {
      event.preventDefault();
      const next = chosen + step;
      // One step goes round; a page stops at the ends.
      if (Math.abs(step) === 1) setActive((next + all.length) % all.length);
      else setActive(Math.max(0, Math.min(all.length - 1, next)));
    }
    const row = all[chosen];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      run(row);
    }
  };

  let index = -1;
  return (
    <PaletteLayer onClose={onClose} fallback={() => tools.editor()?.contentDOM ?? null}>
      <div className="flex h-13 flex-none items-center gap-2.5 border-b border-line px-4">
        <Search size={16} aria-hidden="true" className="text-ink-3" />
        <input
          autoFocus
          role="combobox"
          aria-label={paletteStrings.field}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={rowId(chosen)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          placeholder={paletteStrings.placeholder}
          onChange={(event) => ask(event.currentTarget.value)}
          onKeyDown={key}
          className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
        <span className="max-tablet:hidden">
          <Kbd keys="Esc" />
        </span>
      </div>
      <p role="status" className={nothing === null ? 'sr-only' : 'px-4.5 pt-4 pb-1 text-md text-ink-2'}>
        {nothing}
      </p>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={paletteStrings.results}
        className="min-h-0 flex-1 overflow-auto overscroll-contain p-1.5"
      >
        {groups.map(({ name, words, rows }) => (
          <div key={name} role="group" aria-label={words}>
            <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs font-semibold text-ink-3">
              {words}
            </div>
            {rows.map((row) => {
              index += 1;
              const here = index;
              return (
                <PaletteRow
                  key={row.one.id}
                  id={rowId(here)}
                  row={row}
                  active={here === chosen}
                  onPoint={() => setActive(here)}
                  onRun={() => run(row)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <PaletteHints onAsk={ask} />
    </PaletteLayer>
  );
}

function stepOf(key: string): number {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return PAGE;
    case 'PageUp':
      return -PAGE;
    default:
      return 0;
  }
}
