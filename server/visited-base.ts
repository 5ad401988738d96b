import type { IncomingMessage } from 'node:http';

/** The address that the caller used, so that links work behind a proxy too. */
export function visitedBase(request: IncomingMessage): string {
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${scheme}://${request.headers.host ?? 'localhost'}`;
}
