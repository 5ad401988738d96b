import type { IncomingMessage, ServerResponse } from 'node:http';
import { GUEST_COOKIE, guestCookie } from '../caller.ts';
import { randomToken } from '../random.ts';

/** A year: as long as browsers of some makers keep any cookie. */
const MAX_AGE_S = 365 * 24 * 60 * 60;

/**
 * Gives a browser that visits a page its guest cookie, if it has none: see docs/decisions/links.md. `base`: the address
 * that it visits us by. No script reads the cookie, and other sites' requests do not carry it.
 */
export function giveGuestCookie(request: IncomingMessage, response: ServerResponse, base: string): void {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  if (!isPage || guestCookie(request) !== null) return;
  const { protocol, pathname } = new URL(base);
  const secure = protocol === 'https:' ? '; Secure' : '';
  response.setHeader(
    'set-cookie',
    `${GUEST_COOKIE}=${randomToken()}; Path=${pathname}; Max-Age=${MAX_AGE_S}; HttpOnly; SameSite=Lax${secure}`,
  );
}
