'use client';

import { useState } from 'react';
import { match } from '../palette/match.ts';
import { forgetRoom } from '../room/known-rooms.ts';
import { DialogLayer } from '../ui/dialog-layer.tsx';
import type { LayerBase } from '../ui/lazy-layer.tsx';
import { useNow } from '../ui/use-now.ts';
import { dropRoom, pinRoom, recentRooms } from './recent-rooms.ts';
import { RoomRow } from './room-row.tsx';
import { titleOf } from './room-words.ts';
import { roomsStrings } from './rooms-strings.ts';
import { DialogHead } from '../ui/dialog-head.tsx';

const t = roomsStrings;

export interface RoomsLayerProps {
  /** The token of the room that is open behind this, if any. */
  here: string | null;
}

/** The rooms that were open in this browser: to go there, pin them, or forget them. Needs no network. */
export function RoomsLayer({ here, triggerRef, onClose }: RoomsLayerProps & LayerBase) {
  const [rooms, setRooms] = useState(recentRooms);
  const [query, setQuery] = useState('');
  const now = useNow();
  const found = rooms.filter((room) => match(query, titleOf(room)) !== null);
  const act = (deed: () => void) => () => {
    deed();
    setRooms(recentRooms());
  };
  return (
    <DialogLayer triggerRef={triggerRef} label={t.heading} onClose={onClose}>
      <section className="grid gap-3 p-5 max-tablet:pb-7">
        <DialogHead heading={t.heading} onClose={onClose} />
        {rooms.length === 0 ? (
          <p className="py-3 text-md text-ink-2">{t.empty}</p>
        ) : (
          <input
            autoFocus
            type="search"
            aria-label={t.search}
            placeholder={t.search}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            className="touch-row h-8 w-full rounded-sm bg-raised px-2.5 inset-ring inset-ring-line-strong max-tablet:text-[16px]"
          />
        )}
        {rooms.length > 0 && found.length === 0 && (
          <p role="status" className="py-3 text-md text-ink-2">
            {t.none(query)}
          </p>
        )}
        <ul aria-label={t.heading} className="-mx-2">
          {found.map((room) => (
            <RoomRow
              key={room.token}
              room={room}
              now={now}
              here={room.token === here}
              onStay={onClose}
              onPin={act(() => pinRoom(room.token, !room.pinned))}
              onDrop={act(() => dropRoom(room.token))}
              onForget={act(() => {
                dropRoom(room.token);
                forgetRoom(room.token);
              })}
            />
          ))}
        </ul>
        <p className="text-xs text-ink-3">{t.about}</p>
      </section>
    </DialogLayer>
  );
}
