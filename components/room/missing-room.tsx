'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { strings } from '../strings.ts';
import { buttonClass } from '../ui/button.tsx';
import { InlineScript } from '../ui/inline-script.tsx';
import { ROOMS_KEY, ownLinks } from './known-rooms.ts';
import { MessagePage } from './message-page.tsx';
import { RoomApp } from './room-app.tsx';

/**
 * Before the first paint: a room that this browser made and nobody has written in is not missing. The mark on the root
 * hides the words below until the page itself has decided.
 */
const OWN_ROOM_SCRIPT = `try{var t=location.pathname.split('/')[2];if(t&&Object.prototype.hasOwnProperty.call(JSON.parse(localStorage.getItem('${ROOMS_KEY}')||'{}'),t))document.documentElement.dataset.ownRoom=''}catch(e){}`;

/** No room at this address; or, in the browser that made the address, a fresh one. */
export function MissingRoom() {
  const path = usePathname();
  const token = path.split('/')[2] ?? '';
  const [own, setOwn] = useState(false);
  useEffect(() => {
    setOwn(ownLinks(token) !== null);
    return () => {
      delete document.documentElement.dataset['ownRoom'];
    };
  }, [token]);
  if (own) return <RoomApp entrance={{ kind: 'unwritten', token }} />;
  return (
    <>
      <InlineScript code={OWN_ROOM_SCRIPT} />
      <MessagePage className="missing-room" about={path} heading={strings.missing.heading} body={strings.missing.body}>
        <a href="/" className={buttonClass('primary')}>
          {strings.missing.start}
        </a>
      </MessagePage>
    </>
  );
}
