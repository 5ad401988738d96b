'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { inkStyle } from '../people/colors.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { goThere } from './go-there.ts';
import { presenceStrings } from './presence-strings.ts';
import { nearby } from './surroundings.ts';

/** One chip at the bottom of the text, for the nearest person out of sight who is editing; a press goes there. */
export function NearbyHint({ tools }: { tools: RoomTools }) {
  const who = useSyncExternalStore(nearby.subscribe, nearby.get);
  const text = document.getElementById('text');
  if (who === null || text === null) return null;
  const Icon = who.side === 'below' ? ChevronDown : ChevronUp;
  return createPortal(
    <button
      type="button"
      data-testid="nearby"
      onClick={() => goThere(tools, who)}
      style={inkStyle(who.color)}
      className="touch absolute bottom-3 left-1/2 z-4 flex h-7 max-w-[calc(100%-2rem)] -translate-x-1/2 items-center gap-2 rounded-full bg-raised px-3 text-sm text-ink-2 shadow-1 hover:text-ink"
    >
      <i aria-hidden="true" className="size-2.5 flex-none rounded-xs bg-(--a)" />
      <span className="truncate">{presenceStrings.nearby[who.side](who.name)}</span>
      <Icon size={14} aria-hidden="true" />
    </button>,
    text,
  );
}
