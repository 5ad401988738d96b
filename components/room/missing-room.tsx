'use client';

import { useEffect, useState } from 'react';
import { pageStrings } from '../page-strings.ts';
import { withBase } from '../ui/base-path.ts';
import { buttonClass } from '../ui/button.tsx';
import { InlineScript } from '../ui/inline-script.tsx';
import { myRooms } from '../rooms/my-rooms.ts';
import { Part } from '../ui/lazy-part.tsx';
import { ROOMS_KEY, ownLinks } from './known-rooms.ts';
import { MessagePage } from './message-page.tsx';
import type { Entrance } from './room-app.tsx';
import { OpenedRoom } from './opened-room.tsx';
import { tokenInAddress } from './token-in-address.ts';
import { usePath } from './use-path.ts';
import { useUnsentHere } from './use-unsent-here.ts';

/**
 * One HTML answers every address that is not there, so it is decided here, before the first paint, which words fit: for
 * a room, for any other page, or none at all, because this browser made the room and nobody has written in it yet.
 */
const DECIDE_SCRIPT = `try{var d=document.documentElement.dataset,p=location.pathname.slice(${withBase('/').length - 1}).split('/');if(p[1]==='r'&&p[2]){d.notFound='room';if(Object.prototype.hasOwnProperty.call(JSON.parse(localStorage.getItem('${ROOMS_KEY}')||'{}'),p[2]))d.notFound='own'}}catch(e){}`;

/**
 * There is no room, or no page, at this address; or, in the browser that made the address, a fresh room; or, in one that
 * has unsent edits of the room, what is left of it.
 */
export function NothingHere() {
  const path = usePath();
  const [own, setOwn] = useState<Entrance | null>(null);
  const unsent = useUnsentHere();
  useEffect(() => {
    const token = tokenInAddress();
    if (token !== null && ownLinks(token) !== null) setOwn({ kind: 'unwritten', token });
  }, []);
  const entrance = own ?? unsent;
  if (entrance !== null) return <OpenedRoom entrance={entrance} />;
  const ways = (
    <>
      <a href={withBase('/')} className={buttonClass('primary')}>
        {pageStrings.missing.start}
      </a>
      <Part part={myRooms} props={{ gone: 'missing' }} />
    </>
  );
  return (
    <>
      <InlineScript code={DECIDE_SCRIPT} />
      <MessagePage
        className="missing-room"
        // A space keeps the line's height until the page runs and knows its address.
        about={path ?? '\u00a0'}
        heading={pageStrings.missing.heading}
        body={pageStrings.missing.body}
      >
        {ways}
      </MessagePage>
      <MessagePage
        className="missing-page"
        heading={pageStrings.unknownPage.heading}
        body={pageStrings.unknownPage.body}
      >
        {ways}
      </MessagePage>
    </>
  );
}
