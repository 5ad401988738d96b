/** The nonce that this page's own scripts carry: scripts may read it, selectors and styles may not. */
export function nonceOfPage(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}
