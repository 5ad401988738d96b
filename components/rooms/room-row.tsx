'use client';

import { ExternalLink, Pin } from 'lucide-react';
import { ownRoomWith } from '../room/known-rooms.ts';
import { AskOnce } from '../ui/ask-once.tsx';
import { withBase } from '../ui/base-path.ts';
import { Button, IconButton } from '../ui/button.tsx';
import type { RecentRoom } from './recent-rooms.ts';
import { lastSeenWords, titleOf } from './room-words.ts';
import { roomsStrings } from './rooms-strings.ts';

const t = roomsStrings;

export interface RoomRowProps {
  room: RecentRoom;
  /** Unix milliseconds. */
  now: number;
  /** Is it the room behind the dialog? */
  here: boolean;
  /** The room behind the dialog was chosen. */
  onStay: () => void;
  onPin: () => void;
  /** Takes it off the list. */
  onDrop: () => void;
  /** The same, and this browser's links to it are forgotten too. */
  onForget: () => void;
}

/** One room: a press goes there, in this tab or, as with every link, in another. */
export function RoomRow({ room, now, here, onStay, onPin, onDrop, onForget }: RoomRowProps) {
  const title = titleOf(room);
  const address = withBase(`/r/${room.token}`);
  return (
    <li className="flex flex-wrap items-center gap-x-0.5 rounded-sm px-2 hover:bg-hover">
      <a
        href={address}
        aria-current={here ? 'page' : undefined}
        onClick={(event) => {
          if (!here || event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onStay();
        }}
        className="touch-row grid min-w-0 flex-1 content-center py-1.5 text-ink no-underline"
      >
        <span className={`truncate text-md leading-tight font-semibold ${room.gone === null ? '' : 'text-ink-3'}`}>
          <bdi>{title}</bdi>
        </span>
        <span className={`truncate text-xs ${room.gone === null ? 'text-ink-2' : 'text-danger'}`}>
          {detailOf(room, now, here)}
        </span>
      </a>
      <IconButton
        label={t.pinOf(title)}
        aria-pressed={room.pinned}
        onClick={onPin}
        className="hover:bg-selected aria-pressed:text-accent"
      >
        <Pin size={16} aria-hidden="true" fill={room.pinned ? 'currentColor' : 'none'} />
      </IconButton>
      <a
        href={address}
        target="_blank"
        rel="noopener"
        aria-label={t.newTabOf(title)}
        title={t.newTab}
        className="touch grid size-8 flex-none place-items-center rounded-sm text-ink-2 hover:bg-selected hover:text-ink"
      >
        <ExternalLink size={16} aria-hidden="true" />
      </a>
      <Forget room={room} title={title} onDrop={onDrop} onForget={onForget} />
    </li>
  );
}

function Forget({
  room,
  title,
  onDrop,
  onForget,
}: Pick<RoomRowProps, 'room' | 'onDrop' | 'onForget'> & { title: string }) {
  const own = ownRoomWith(room.token) !== null;
  // The link opens nothing: there is nothing to lose.
  if (room.gone !== null && !own) {
    return (
      <Button small look="quiet" aria-label={t.forgetOf(title)} onClick={onDrop}>
        {t.forget}
      </Button>
    );
  }
  return (
    <AskOnce
      words={t.forget}
      label={t.forgetOf(title)}
      question={own ? t.forgetOwnAsk : t.forgetAsk}
      choices={
        own
          ? [
              { words: t.forgetOwnYes, run: onForget },
              { words: t.dropOwn, run: onDrop },
            ]
          : [{ words: t.forgetYes, run: onDrop }]
      }
    />
  );
}

function detailOf(room: RecentRoom, now: number, here: boolean): string {
  if (room.gone !== null) return t.gone[room.gone];
  const role = ownRoomWith(room.token) === null ? t.role[room.role] : t.yours;
  return `${role} · ${here ? t.here : lastSeenWords(room, now)}`;
}
