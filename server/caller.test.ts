import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { guestCookie, guestsOf, personOfUser, traitsOf } from './caller.ts';
import { stranger } from './testing/callers.ts';

const COOKIE = 'g'.repeat(22);

function asking(cookie: string): string | null {
  const request = new IncomingMessage(new Socket());
  request.headers.cookie = cookie;
  return guestCookie(request);
}

it('finds its cookie among others, and takes none that it did not make', () => {
  expect(asking(`a=b; tandem-guest=${COOKIE}; c=d`)).toBe(COOKIE);
  expect(asking('tandem-guest=short')).toBeNull();
  expect(asking(`other=${COOKIE}`)).toBeNull();
});

it('knows a caller by sign-in, then cookie, then person, then address', () => {
  const user = { user: 'ann@example.org', name: 'Ann' };
  const known = { address: '203.0.113.7', cookie: COOKIE, user };
  expect(guestsOf(stranger(undefined, known), 'p')).toEqual(['user:ann@example.org']);
  expect(guestsOf(stranger(undefined, { ...known, user: null }), 'p')).toEqual([`cookie:${COOKIE}`]);
  expect(guestsOf(stranger(undefined, { address: '203.0.113.7' }), 'p')).toEqual(['person:p']);
  expect(guestsOf(stranger(undefined, { address: '203.0.113.7' }), '')).toEqual(['address:203.0.113.7']);
});

it('removes a browser without its cookie too, and never another one by a person that it posed as', () => {
  const mallory = traitsOf(stranger(undefined, { cookie: 'm'.repeat(22) }), 'person of Ann');
  expect(mallory).toEqual([`cookie:${'m'.repeat(22)}`, 'person:person of Ann']);
  const ann = guestsOf(stranger(undefined, { cookie: COOKIE }), 'person of Ann');
  expect(ann.some((guest) => mallory.includes(guest))).toBe(false);
});

it('gives who signed in the same person everywhere, without their address in it', () => {
  const person = personOfUser({ user: 'ann@example.org', name: 'Ann' });
  expect(personOfUser({ user: 'ann@example.org', name: 'Other' })).toBe(person);
  expect(person).not.toContain('ann');
});
