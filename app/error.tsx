'use client';

import { MessagePage } from '../components/room/message-page.tsx';
import { strings } from '../components/strings.ts';
import { Button } from '../components/ui/button.tsx';

/** The server behind the page did not answer, or answered what nobody expected. */
export default function Failure() {
  return (
    <MessagePage heading={strings.failure.heading} body={strings.failure.body}>
      <Button look="primary" onClick={() => window.location.reload()}>
        {strings.failure.again}
      </Button>
    </MessagePage>
  );
}
