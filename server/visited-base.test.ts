import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { visited, visitedBase } from './visited-base.ts';

function from(headers: Record<string, string>): IncomingMessage {
  return { headers } as unknown as IncomingMessage;
}

const FORWARDED = { host: '10.0.0.1:3000', 'x-forwarded-host': 'pad.example', 'x-forwarded-proto': 'https' };

it('[P7] believes forwarded headers of a proxy that is trusted, and of nobody else', () => {
  expect(visited(from(FORWARDED), true)).toEqual({ scheme: 'https', host: 'pad.example' });
  expect(visited(from(FORWARDED), false)).toEqual({ scheme: null, host: '10.0.0.1:3000' });
});

it('[P7] takes what the nearest proxy wrote, not what the caller did', () => {
  const headers = { 'x-forwarded-host': 'evil.example, pad.example', 'x-forwarded-proto': 'http,HTTPS' };
  expect(visited(from(headers), true)).toEqual({ scheme: 'https', host: 'pad.example' });
});

it.each([
  ['nothing', {}, 'http://localhost'],
  ['the host alone', { host: 'pad.example:3000' }, 'http://pad.example:3000'],
  ['a proxy that passes the host on', { host: 'pad.example', 'x-forwarded-proto': 'https' }, 'https://pad.example'],
  ['an IPv6 address', { host: '[::1]:3000' }, 'http://[::1]:3000'],
  ['no host at all', { host: 'pad.example/"><script>' }, 'http://localhost'],
  ['a scheme that is none', { host: 'pad.example', 'x-forwarded-proto': 'javascript' }, 'http://pad.example'],
])('builds links on %s', (_, headers, base) => {
  expect(visitedBase(from(headers), { trustProxy: true, basePath: '' })).toBe(base);
  expect(visitedBase(from(headers), { trustProxy: true, basePath: '/notes' })).toBe(`${base}/notes`);
});
