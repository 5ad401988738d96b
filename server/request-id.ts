import type { IncomingMessage } from 'node:http';
import { randomToken } from './random.ts';

/** What proxies and programs make: UUIDs, hexadecimal, base64 for addresses. */
const WELL_FORMED = /^[A-Za-z0-9._:-]{8,64}$/;

/**
 * What a request is called in our log, so that its line can be found next to the proxy's. `X-Request-Id` of a proxy that we
 * trust, if it is well-formed; else one of ours, since callers could write anything into the log.
 */
export function requestIdOf({ headers }: IncomingMessage, trustProxy: boolean): string {
  const said = headers['x-request-id'];
  return trustProxy && typeof said === 'string' && WELL_FORMED.test(said) ? said : randomToken();
}
