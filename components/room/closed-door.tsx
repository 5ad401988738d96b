'use client';

import { doorStrings } from '../door-strings.ts';
import { pageStrings } from '../page-strings.ts';
import { myRooms } from '../rooms/my-rooms.ts';
import { Part } from '../ui/lazy-part.tsx';
import { withBase } from '../ui/base-path.ts';
import { buttonClass } from '../ui/button.tsx';
import { MessagePage } from './message-page.tsx';
import { OpenedRoom } from './opened-room.tsx';
import { usePath } from './use-path.ts';
import { useUnsentHere } from './use-unsent-here.ts';

/** Why a link that once opened a room does not open it for this visitor. */
export type ClosedWhy = keyof typeof doorStrings.closed;

/** The page of such a link; or, in a browser that has unsent edits of the room, what is left of it, to be copied. */
export function ClosedDoor({ why }: { why: ClosedWhy }) {
  const path = usePath();
  const unsent = useUnsentHere();
  if (unsent !== null) return <OpenedRoom entrance={unsent} />;
  const words = doorStrings.closed[why];
  return (
    // A space keeps the line's height until the page runs and knows its address.
    <MessagePage about={path ?? '\u00a0'} heading={words.heading} body={words.body}>
      <a href={withBase('/')} className={buttonClass('primary')}>
        {pageStrings.missing.start}
      </a>
      <Part part={myRooms} props={{ gone: why }} />
    </MessagePage>
  );
}
