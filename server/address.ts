import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Groups of an IPv6 address that name one customer's network: within it everybody may choose addresses at will. */
const NETWORK_GROUPS = 4;

/**
 * Who a request is counted as: the address at the other end of the socket, or, behind a proxy that we trust, the one that
 * this proxy saw (the last in `X-Forwarded-For`; those before it are whatever the caller wrote). IPv4 as it is, IPv6 by
 * its /64 network. Empty if the socket is gone already.
 */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastForwarded(request.headers['x-forwarded-for']) : null;
  return network(forwarded ?? request.socket.remoteAddress ?? '');
}

function lastForwarded(header: string | string[] | undefined): string | null {
  const last = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? null : last;
}

function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(gap).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
