import type { IncomingMessage } from 'node:http';

export interface OriginRule {
  /** Origins besides the server's own, such as `https://notes.example`. */
  allowedOrigins: readonly string[];
  /** Refuse requests without an `Origin` too: programs, then, not only foreign pages. */
  requireOrigin: boolean;
}

/**
 * May a page of this origin use us? Browsers always name the page's origin on sockets and writes, so a foreign page
 * cannot act with its visitors' network position. Same host counts as own, whatever the scheme: a proxy in front may
 * speak TLS.
 */
export function originAllowed(request: IncomingMessage, rule: OriginRule): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return !rule.requireOrigin;
  if (rule.allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}
