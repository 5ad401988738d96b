'use client';

import { pageStrings } from '../page-strings.ts';
import { Button } from '../ui/button.tsx';
import { MessagePage } from './message-page.tsx';

/** The server behind the page did not answer, or answered what nobody expected. */
export function FailurePage() {
  return (
    <MessagePage heading={pageStrings.failure.heading} body={pageStrings.failure.body}>
      <Button look="primary" onClick={() => window.location.reload()}>
        {pageStrings.failure.again}
      </Button>
    </MessagePage>
  );
}
