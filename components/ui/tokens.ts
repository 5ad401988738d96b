const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^22 is just over 2^131: no less than the 128 bits that make a link a key. */
const LENGTH = 22;
/** The largest multiple of 62 in a byte; bytes from here on are thrown away, or early letters would come more often. */
const FAIR = 248;

/**
 * A fresh secret: 22 base62 characters from the browser's secure random source, which plain http pages have too
 * (unlike `crypto.randomUUID`).
 */
export function randomToken(
  fill: (bytes: Uint8Array<ArrayBuffer>) => void = (bytes) => crypto.getRandomValues(bytes),
): string {
  let token = '';
  const bytes = new Uint8Array(LENGTH + 8);
  while (token.length < LENGTH) {
    fill(bytes);
    for (const byte of bytes) {
      if (byte < FAIR && token.length < LENGTH) token += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return token;
}
