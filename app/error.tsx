'use client';

import { MessagePage } from '../components/room/message-page.tsx';
import { pageStrings } from '../components/page-strings.ts';
import { Button } from '../components/ui/button.tsx';

/** The server behind the page did not answer, or answered what nobody expected. */
export default function Failure() {
  return (
    <MessagePage heading={pageStrings.failure.heading} body={pageStrings.failure.body}>
      <Button look="primary" onClick={() => window.location.reload()}>
        {pageStrings.failure.again}
      </Button>
    </MessagePage>
  );
}
