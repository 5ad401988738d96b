import { randomInt } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 22 base62 characters that nobody had before: a token or a client id. */
export function freshToken(): string {
  return Array.from({ length: 22 }, () => BASE62.charAt(randomInt(BASE62.length))).join('');
}

/** A name that people might choose for a room, different on every call. */
export function freshName(): string {
  return `room-${randomInt(1e12).toString(36)}`;
}
