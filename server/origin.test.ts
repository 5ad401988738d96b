import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { originAllowed } from './origin.ts';

const RULE = { allowedOrigins: ['https://notes.example'], requireOrigin: false, trustProxy: false };
const BEHIND_TLS = { 'x-forwarded-host': 'pad.example', 'x-forwarded-proto': 'https' };

function from(headers: Record<string, string>): IncomingMessage {
  return { headers } as unknown as IncomingMessage;
}

it.each([
  ['its own page', { host: 'pad.example:3000', origin: 'http://pad.example:3000' }, true],
  ['its own page behind TLS', { host: 'pad.example', origin: 'https://pad.example' }, true],
  ['a named page', { host: 'pad.example', origin: 'https://notes.example' }, true],
  ['a foreign page', { host: 'pad.example', origin: 'https://evil.example' }, false],
  ['the same name on another port', { host: 'pad.example:3000', origin: 'http://pad.example:4000' }, false],
  ['a page without an origin of its own', { host: 'pad.example', origin: 'null' }, false],
  ['a program', { host: 'pad.example' }, true],
  ['the port that goes without saying', { host: 'pad.example:443', origin: 'https://pad.example' }, true],
  ['another kind of page', { host: 'pad.example', origin: 'ftp://pad.example' }, false],
  ['nobody who says where', { origin: 'https://pad.example' }, false],
  [
    'a proxy that is not trusted',
    { host: '10.0.0.1', 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
    false,
  ],
  ['a foreign page that hides its origin', { host: 'pad.example', 'sec-fetch-site': 'cross-site' }, false],
  ['a neighbour that hides its origin', { host: 'pad.example', 'sec-fetch-site': 'same-site' }, false],
  ['its own page that names no origin', { host: 'pad.example', 'sec-fetch-site': 'same-origin' }, true],
  [
    'a named page of another site',
    { host: 'pad.example', origin: 'https://notes.example', 'sec-fetch-site': 'cross-site' },
    true,
  ],
])('[P7] answers %s: %s', (_, headers, allowed) => {
  expect(originAllowed(from(headers), { ...RULE, trustProxy: false })).toBe(allowed);
});

it.each([
  ['its own page', { host: '10.0.0.1:3000', ...BEHIND_TLS, origin: 'https://pad.example' }, true],
  ['its own page over plain http', { host: '10.0.0.1:3000', ...BEHIND_TLS, origin: 'http://pad.example' }, false],
  ['a page of the inner host', { host: '10.0.0.1:3000', ...BEHIND_TLS, origin: 'https://10.0.0.1:3000' }, false],
  ['its own socket', { host: 'pad.example', 'x-forwarded-proto': 'wss', origin: 'https://pad.example' }, true],
  ['a socket of plain http', { host: 'pad.example', 'x-forwarded-proto': 'wss', origin: 'http://pad.example' }, false],
  ['a host that was passed on', { host: 'pad.example', origin: 'https://pad.example' }, true],
  [
    'a host that the caller forged',
    { host: 'x', 'x-forwarded-host': 'evil.example, pad.example', origin: 'https://evil.example' },
    false,
  ],
])('[P7] answers %s behind a proxy that is trusted: %s', (_, headers, allowed) => {
  expect(originAllowed(from(headers), { ...RULE, trustProxy: true })).toBe(allowed);
});

it('refuses programs too where an origin is required', () => {
  expect(originAllowed(from({ host: 'pad.example' }), { ...RULE, requireOrigin: true })).toBe(false);
});
