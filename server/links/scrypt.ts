import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * scrypt with 32 MiB and three passes, one of the equal choices of OWASP's Password Storage Cheat Sheet: about a fifth of
 * a second of one core. More memory would let a few tries at once fill a small machine.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MOST_MEMORY = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** `scrypt$N$r$p$salt$hash`, the last two in base64url: whoever raises the cost later can still read the old ones. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Is it the password of this hash? Compared as NFC, because keyboards write the same letters in different ways. Throws for a hash that is none of ours. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [kind, n, r, p, salt = '', hash = ''] = hashed.split('$');
  if (kind !== 'scrypt' || hash === '') throw new Error('A stored password hash is malformed.');
  const wanted = Buffer.from(hash, 'base64url');
  const got = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, { ...cost, maxmem: MOST_MEMORY }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    );
  });
}
