import type { IncomingMessage } from 'node:http';
import { MAX_PASSWORD } from '../../lib/protocol/index.ts';

/**
 * The password of a room, as `Authorization: Basic` with whatever user, usually none: `curl -u :password`. Null if none is
 * given, or under another scheme, which is some proxy's.
 */
export function passwordOf(request: IncomingMessage): string | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  // An empty one is none: proxies send such for their own users.
  return colon < 0 || colon === pair.length - 1 ? null : pair.slice(colon + 1, colon + 1 + MAX_PASSWORD);
}
