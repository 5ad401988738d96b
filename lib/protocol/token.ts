/** A random token or client id: 128 bits in base62. */
const RANDOM = /^[0-9A-Za-z]{22}$/;
const NAME = /^[0-9a-z-]{3,64}$/;
const RANDOM_LENGTH = 22;

/** 22 base62 characters: nobody guesses it. */
export function isRandomToken(token: string): boolean {
  return RANDOM.test(token);
}

/**
 * A name people chose for a room, 3–21 or 23–64 of a–z 0–9 -. The length of a random token is left out, so that a
 * token always tells which kind it is.
 */
export function isNameToken(token: string): boolean {
  return token.length !== RANDOM_LENGTH && NAME.test(token);
}

export function isToken(token: string): boolean {
  return isRandomToken(token) || isNameToken(token);
}
