'use client';

import { createContext, use, type ReactNode } from 'react';

const Nonce = createContext<string | undefined>(undefined);

/** Gives the scripts inside of it the word by which the page's policy lets them run. */
export function InlineScripts({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return <Nonce value={nonce}>{children}</Nonce>;
}

/**
 * A script that runs while the browser reads the page, before the first paint. React would warn of a script that it
 * renders itself and never run it, so in the browser the element is inert.
 */
export function InlineScript({ code }: { code: string }) {
  const nonce = use(Nonce);
  return (
    <script
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      // Browsers hide it from the page once they have read it.
      nonce={nonce}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: code }}
    />
  );
}
