import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { originAllowed } from './origin.ts';

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
])('[P7] answers %s: %s', (_, headers, allowed) => {
  expect(originAllowed(from(headers), { allowedOrigins: ['https://notes.example'], requireOrigin: false })).toBe(
    allowed,
  );
});

it('refuses programs too where an origin is required', () => {
  expect(originAllowed(from({ host: 'pad.example' }), { allowedOrigins: [], requireOrigin: true })).toBe(false);
});
