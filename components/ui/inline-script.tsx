/**
 * A script that runs while the browser reads the page, before the first paint. React would warn of a script that it
 * renders itself and never run it, so in the browser the element is inert.
 */
export function InlineScript({ code }: { code: string }) {
  return (
    <script
      type={typeof window === 'undefined' ? 'text/javascript' : 'text/plain'}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: code }}
    />
  );
}
