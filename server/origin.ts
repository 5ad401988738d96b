import type { IncomingMessage } from 'node:http';
import { visited } from './visited-base.ts';

export interface OriginRule {
  /** Origins besides the server's own, such as `https://notes.example`. */
  allowedOrigins: readonly string[];
  /** Refuse requests without an `Origin` too: programs, then, not only foreign pages. */
  requireOrigin: boolean;
  /** A proxy of ours says what was visited: see `visited`. */
  trustProxy: boolean;
}

/**
 * May whoever sent this act here? Browsers always name the page's origin on sockets and writes, whatever the method and
 * the content type, so a foreign page cannot act with its visitors' network position, cookies or sign-in. Own is the host
 * that was visited, and its scheme too where a trusted proxy says it: a page that came by http may be anybody's. Where
 * none says it, TLS may have ended before us, and either scheme is own. Without an `Origin` it is a program, unless
 * the browser says in `Sec-Fetch-Site` that another site sent it.
 */
export function originAllowed(request: IncomingMessage, rule: OriginRule): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === undefined) return !rule.requireOrigin && site !== 'cross-site' && site !== 'same-site';
  return rule.allowedOrigins.includes(origin) || isOwn(origin, request, rule.trustProxy);
}

function isOwn(origin: string, request: IncomingMessage, trustProxy: boolean): boolean {
  const { scheme, host } = visited(request, trustProxy);
  if (host === null || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return false;
  const own = `${scheme === null ? page.protocol : `${scheme}:`}//${host}`;
  // Read as an address, because a host may come with the port that goes without saying.
  return URL.canParse(own) && new URL(own).origin === page.origin;
}
