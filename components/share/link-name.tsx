'use client';

import { useState } from 'react';
import { layerStrings } from '../layer-strings.ts';
import { nameOf } from './link-words.ts';
import type { Link } from './links-api.ts';

/** As long as a person's name may be, in UTF-16 units. */
export const MOST_NAME = 40;

/** The name of a link, for the owner's eyes; written over in its place. Enter or leaving keeps it. */
export function LinkName({ link, onChange }: { link: Link; onChange: (name: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const name = typed?.replace(/\s+/gu, ' ').trim() ?? link.name;
    setTyped(null);
    if (name !== link.name) onChange(name);
  };
  return (
    <input
      value={typed ?? link.name}
      placeholder={nameOf({ ...link, name: '' })}
      maxLength={MOST_NAME}
      aria-label={layerStrings.links.name}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
      className="touch-row -mx-1.5 h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1.5 text-md font-semibold placeholder:text-ink hover:inset-ring hover:inset-ring-line-strong focus:bg-raised focus:inset-ring focus:inset-ring-line-strong max-tablet:text-[16px]"
    />
  );
}
