import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The secret of `Authorization: Bearer`; null if there is none, or another scheme. */
export function bearerOf({ headers }: IncomingMessage): string | null {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Are these the same? Takes as long wherever they differ, so that nobody finds one letter after another. */
export function sameSecret(said: string, secret: string): boolean {
  // Hashes are of one length, which the comparison asks for.
  return timingSafeEqual(digest(said), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
