import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { requestIdOf } from './request-id.ts';

function idOf(said: string | undefined, trustProxy: boolean): string {
  return requestIdOf(
    { headers: { ...(said !== undefined && { 'x-request-id': said }) } } as unknown as IncomingMessage,
    trustProxy,
  );
}

const MADE = /^[A-Za-z0-9]{22}$/;

it('takes the word of a trusted proxy', () => {
  expect(idOf('7f3c9a2e-1b4d-4c8f-9f00-aa11bb22cc33', true)).toBe('7f3c9a2e-1b4d-4c8f-9f00-aa11bb22cc33');
});

it('makes one where there is no proxy, no word, or none that is well-formed', () => {
  expect(idOf('7f3c9a2e-1b4d-4c8f', false)).toMatch(MADE);
  for (const said of [undefined, '', 'short', 'with spaces in it', 'x'.repeat(65), '"},{"level":"fatal"']) {
    expect(idOf(said, true)).toMatch(MADE);
  }
  expect(idOf(undefined, true)).not.toBe(idOf(undefined, true));
});
