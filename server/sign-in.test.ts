import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { MAX_USER, signedIn } from './sign-in.ts';

const TRUSTED = { user: 'x-user', name: 'x-name' };

function request(headersDistinct: Record<string, string[]>): IncomingMessage {
  return { headersDistinct } as unknown as IncomingMessage;
}

/** As Node reads what a proxy wrote in UTF-8. */
function raw(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

it('believes nobody where no header is trusted', () => {
  expect(signedIn(request({ 'x-user': ['ann'] }), null)).toBeNull();
});

it('[P7] knows the user and the name that the proxy says', () => {
  expect(signedIn(request({ 'x-user': [' ann@example.org '], 'x-name': ['Ann'] }), TRUSTED)).toEqual({
    user: 'ann@example.org',
    name: 'Ann',
  });
});

it('shows the user where there is no name', () => {
  const headers = { 'x-user': ['ann'], 'x-name': ['Ann'] };
  expect(signedIn(request(headers), { user: 'x-user', name: null })).toEqual({ user: 'ann', name: 'ann' });
  expect(signedIn(request({ 'x-user': ['ann'] }), TRUSTED)?.name).toBe('ann');
  expect(signedIn(request({ 'x-user': ['ann'], 'x-name': [' \u0007 '] }), TRUSTED)?.name).toBe('ann');
});

it.each([
  ['missing', {}],
  ['empty', { 'x-user': ['  '] }],
  ['twice with different values', { 'x-user': ['mallory', 'ann'] }],
  ['too long', { 'x-user': ['a'.repeat(MAX_USER + 1)] }],
  ['not of letters alone', { 'x-user': [raw('ann\u202E')] }],
])('[P7] takes a user that is %s for nobody', (_, headers) => {
  expect(signedIn(request(headers), TRUSTED)).toBeNull();
});

it('takes the same value twice for one', () => {
  expect(signedIn(request({ 'x-user': ['ann', 'ann'] }), TRUSTED)?.user).toBe('ann');
});

it('reads UTF-8, Latin-1 as it is, and leaves percent signs alone', () => {
  expect(signedIn(request({ 'x-user': [raw('Zoë 😀')] }), TRUSTED)?.user).toBe('Zoë 😀');
  expect(signedIn(request({ 'x-user': ['Zo\u00EB'] }), TRUSTED)?.user).toBe('Zoë');
  expect(signedIn(request({ 'x-user': ['Zo%C3%AB'] }), TRUSTED)?.user).toBe('Zo%C3%AB');
});

it('makes one line of the name, cut between letters', () => {
  const name = (text: string) => signedIn(request({ 'x-user': ['ann'], 'x-name': [raw(text)] }), TRUSTED)?.name;
  expect(name('Ann\t\u2028\u202EB')).toBe('Ann B');
  expect(name(`${'a'.repeat(39)}😀`)).toBe('a'.repeat(39));
  expect(name('b'.repeat(50))).toBe('b'.repeat(40));
});
