import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressOf } from './address.ts';

function request(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('whom a request is counted as', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, ''],
  ])('%s is %s', (address, counted) => {
    expect(addressOf(request(address), false)).toBe(counted);
  });

  it('[P7] believes no header unless a proxy is trusted', () => {
    expect(addressOf(request('10.0.0.1', '198.51.100.9'), false)).toBe('10.0.0.1');
  });

  it('[P7] believes only what the trusted proxy itself added, which is the last', () => {
    expect(addressOf(request('10.0.0.1', '198.51.100.9'), true)).toBe('198.51.100.9');
    expect(addressOf(request('10.0.0.1', '1.2.3.4, 198.51.100.9'), true)).toBe('198.51.100.9');
    expect(addressOf(request('10.0.0.1', '1.2.3.4, 2001:db8:1:2:3::4'), true)).toBe('2001:db8:1:2::/64');
  });

  it.each(['', 'unknown', '198.51.100.9, ', 'a'.repeat(10_000)])(
    'falls back to the socket when the proxy says %j',
    (said) => {
      expect(addressOf(request('10.0.0.1', said), true)).toBe('10.0.0.1');
    },
  );
});
