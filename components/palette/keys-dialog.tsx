'use client';

import { useState } from 'react';
import type { DialogProps } from '../room/room-tools.ts';
import { useTextRef } from '../room/use-text-ref.ts';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { keyList, type KeyEntry } from './key-list.ts';
import { keyOf } from './key-of.ts';
import { match } from './match.ts';
import { paletteStrings } from './palette-strings.ts';
import { DialogHead } from '../ui/dialog-head.tsx';

const t = paletteStrings.keys;

/** Every key that does something in a room, the editor's too, with a field that narrows the list. */
export function KeysDialog({ tools, onClose }: DialogProps) {
  const text = useTextRef(tools);
  const [query, setQuery] = useState('');
  const [all] = useState(() => keyList(tools));
  const groups = all
    .map(({ name, keys }) => ({ name, keys: keys.filter(({ words }) => match(query, words) !== null) }))
    .filter(({ keys }) => keys.length > 0);
  return (
    <DialogLayer triggerRef={text} label={t.heading} onClose={onClose}>
      <section className="grid gap-3 p-5 max-tablet:pb-7">
        <DialogHead heading={t.heading} onClose={onClose} />
        <input
          autoFocus
          type="search"
          aria-label={t.find}
          placeholder={t.find}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          className="touch-row h-8 w-full rounded-sm bg-raised px-2.5 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
        />
        {groups.length === 0 && (
          <p role="status" className="py-3 text-md text-ink-2">
            {t.none(query)}
          </p>
        )}
        {groups.map(({ name, keys }) => (
          <div key={name}>
            <h3 className="pb-1 text-xs font-semibold text-ink-3">{name}</h3>
            <dl>
              {keys.map((entry) => (
                <div
                  key={entry.words}
                  className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 text-md last:border-0"
                >
                  <dt>{entry.words}</dt>
                  <dd>
                    <Pressed entry={entry} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </section>
    </DialogLayer>
  );
}

function Pressed({ entry: { keys } }: { entry: KeyEntry }) {
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-2">
      {keys.map((key, index) => (
        <span key={keyOf(key)} className="flex items-center gap-1.5">
          {index > 0 && t.leaveTextKeys}
          <Kbd keys={keyOf(key)} />
        </span>
      ))}
    </span>
  );
}
