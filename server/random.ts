import { randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^22 > 2^128. */
const TOKEN_LENGTH = 22;
/** The largest multiple of 62 in a byte: bytes beyond it would make the first letters likelier. */
const UNBIASED = 248;

/** 22 base62 characters from the system's generator: a token, a room id, an epoch. */
export function randomToken(): string {
  let token = '';
  while (token.length < TOKEN_LENGTH) {
    for (const byte of randomBytes(TOKEN_LENGTH)) {
      if (byte < UNBIASED && token.length < TOKEN_LENGTH) token += BASE62.charAt(byte % BASE62.length);
    }
  }
  return token;
}
