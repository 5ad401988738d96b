import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import { cleanLabel, MAX_NAME } from '../lib/protocol/index.ts';

/** Names of the headers that say who signed in, in lower case. */
export interface TrustedUser {
  user: string;
  /** Null: the user itself is the name. */
  name: string | null;
}

/** Who signed in at the proxy before us. */
export interface SignedIn {
  /** What the proxy knows the person by, at most `MAX_USER` UTF-16 units: an address, an account, a number. */
  user: string;
  /** To be shown: one line of at most `MAX_NAME` UTF-16 units. */
  name: string;
}

/** UTF-16 units of a user: the longest mail address has 254, and those in use are far shorter. */
export const MAX_USER = 200;

/** What breaks a line, or turns the words around it. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Who sent this request, as the proxy before us says in the headers that `trusted` names; null if it says nobody.
 *
 * The proxy must overwrite these headers in every request that it passes on, and nobody may reach us around it: they are
 * believed as they come, so otherwise everybody could be anybody. A header that is there twice with different values is
 * a proxy that only added its own, so it says nobody. So does a user that is too long or has control characters: cut
 * or cleaned, two users could become one.
 */
export function signedIn(request: IncomingMessage, trusted: TrustedUser | null): SignedIn | null {
  if (trusted === null) return null;
  const user = valueOf(request, trusted.user);
  if (user === null || user.length > MAX_USER || user.search(UNPRINTABLE) !== -1) return null;
  const name = trusted.name === null ? '' : cleanLabel(valueOf(request, trusted.name) ?? '', MAX_NAME);
  const shown = name || cleanLabel(user, MAX_NAME);
  return shown === '' ? null : { user, name: shown };
}

/** Null if the header is missing, empty, or there with different values. */
function valueOf({ headersDistinct }: IncomingMessage, header: string): string | null {
  const [first, ...others] = headersDistinct[header] ?? [];
  if (first === undefined || others.some((other) => other !== first)) return null;
  return decoded(first).trim() || null;
}

/** Node reads headers as Latin-1; proxies write UTF-8. */
function decoded(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
