import type { IncomingMessage } from 'node:http';

/** What the caller's browser has in its address bar, as far as it can be known. */
export interface Visited {
  /** Null: no proxy that we trust says it, and one that speaks TLS may stand before us all the same. */
  scheme: 'http' | 'https' | null;
  /** Name and port as they came; null if there is none, or one that cannot be a host. */
  host: string | null;
}

/** What proxies write into `X-Forwarded-Proto`; some name the scheme of a socket. */
const SCHEMES: Readonly<Partial<Record<string, 'http' | 'https'>>> = {
  http: 'http',
  https: 'https',
  ws: 'http',
  wss: 'https',
};

/** What a host with a port is written in; anything else would break out of a link. */
const HOST = /^[\w.:[\]-]+$/;

/**
 * The scheme and host that the caller used. Behind a proxy that we trust they are what this proxy says: the last values of
 * `X-Forwarded-Proto` and `X-Forwarded-Host` (those before them are whatever the caller wrote), or else `Host`, which
 * many proxies pass on. Without one, forwarded headers are a caller's own words and mean nothing.
 */
export function visited(request: IncomingMessage, trustProxy: boolean): Visited {
  const { headers } = request;
  const host = (trustProxy ? lastOf(headers['x-forwarded-host']) : null) ?? headers.host ?? '';
  const scheme = trustProxy ? lastOf(headers['x-forwarded-proto'])?.toLowerCase() : undefined;
  return { scheme: SCHEMES[scheme ?? ''] ?? null, host: HOST.test(host) ? host : null };
}

/** How the address that callers visit is known. */
export interface VisitedRule {
  /** Forwarded headers are a proxy's of ours. */
  trustProxy: boolean;
  /** What stands before every path; empty, or such as `/notes`. */
  basePath: string;
}

/** The address that the caller used, up to and with the base path and without a slash at its end: links are built on it. */
export function visitedBase(request: IncomingMessage, { trustProxy, basePath }: VisitedRule): string {
  const { scheme, host } = visited(request, trustProxy);
  return `${scheme ?? 'http'}://${host ?? 'localhost'}${basePath}`;
}

function lastOf(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim() || null;
}
