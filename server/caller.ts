import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isRandomToken } from '../lib/protocol/index.ts';
import { addressOf } from './address.ts';
import type { AddressBudget, AddressBudgets } from './address-budgets.ts';
import { signedIn, type SignedIn, type TrustedUser } from './sign-in.ts';

/** Who is at the other end of a socket or request, as far as its head tells. */
export interface Caller {
  /** As `addressOf` counts it. */
  address: string;
  /** What the address may still ask for. */
  budget: AddressBudget;
  /** The browser's `tandem-guest`; null without one. */
  cookie: string | null;
  /** Null: nobody has signed in. */
  user: SignedIn | null;
}

/** Tells one browser from another, so that one that was removed stays out. It grants nothing. */
export const GUEST_COOKIE = 'tandem-guest';

/** The guest cookie of a request; null if it has none, or one that we did not make. */
export function guestCookie(request: IncomingMessage): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === GUEST_COOKIE && isRandomToken(value)) return value;
  }
  return null;
}

/**
 * What a caller is known by, when it asks to come in: removed if any of it was. Whoever has a cookie is not asked for the
 * rest: a `person` is public, so somebody may have been removed while posing as this one.
 */
export function guestsOf({ address, cookie, user }: Caller, person: string): readonly string[] {
  if (user) return [`user:${user.user}`];
  if (cookie !== null) return [`cookie:${cookie}`];
  return [person === '' ? `address:${address}` : `person:${person}`];
}

/** What is kept out when this caller is removed: its `person` too, for the same browser without its cookie. */
export function traitsOf(caller: Caller, person: string): readonly string[] {
  const guests = guestsOf(caller, person);
  const isBrowser = caller.user === null && caller.cookie !== null;
  return isBrowser && person !== '' ? [...guests, `person:${person}`] : guests;
}

/** The public `person` of somebody who signed in: the same for every browser of theirs, and no address to be read from it. */
export function personOfUser({ user }: SignedIn): string {
  return `user-${createHash('sha256').update(user).digest('base64url').slice(0, 22)}`;
}

/** Reads a request's head. `trustProxy` and `trustedUser`: which of its headers are a proxy's of ours. */
export function callerOf(
  request: IncomingMessage,
  budgets: AddressBudgets,
  { trustProxy, trustedUser }: { trustProxy: boolean; trustedUser: TrustedUser | null },
): Caller {
  const address = addressOf(request, trustProxy);
  return {
    address,
    budget: budgets.of(address),
    cookie: guestCookie(request),
    user: signedIn(request, trustedUser),
  };
}
