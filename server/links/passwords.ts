import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import { TokenBucket } from '../token-bucket.ts';
import { WorkQueue } from '../work-queue.ts';
import { hashPassword, isPassword } from './scrypt.ts';

export type PasswordLimits = Pick<
  ServerLimits,
  'passwordTries' | 'passwordLinks' | 'passwordsRemembered' | 'passwordHashes' | 'passwordsWaiting'
>;

/** `later`: too many wrong ones before, or too many at once; nothing was looked at. */
export type PasswordVerdict = 'right' | 'wrong' | { kind: 'later'; retryMs: number };

/** What hashes: see scrypt.ts. */
export interface Hashing {
  hashPassword(password: string): Promise<string>;
  isPassword(password: string, hash: string): Promise<boolean>;
}

/** When as many as may be wait for a hash already, the next tries after this long, in ms. */
const BUSY_MS = 2_000;

/**
 * Are these the links' passwords? Slows tries down, by address and by link, and remembers what was right: a thousand who come
 * back cost one hash, and strangers who use up a link's tries keep nobody out who was in since this process started.
 */
export class Passwords {
  readonly #clock: Clock;
  readonly #limits: PasswordLimits;
  /** Of this process, so that what is remembered tells nothing to whoever reads the memory of another. */
  readonly #secret = randomBytes(32);
  /** Digests of (hash, password) that were right, oldest first. */
  readonly #right = new Set<string>();
  /** Tries under way, by digest: whoever asks the same gets the same answer. */
  readonly #trying = new Map<string, Promise<boolean>>();
  /** What may still be tried at a link, in the order of use. */
  readonly #links = new Map<string, TokenBucket>();
  readonly #hashing: Hashing;
  readonly #queue: WorkQueue;

  /** `hashing` is a parameter for tests; it is what takes the time. */
  constructor(clock: Clock, limits: PasswordLimits, hashing: Hashing = { hashPassword, isPassword }) {
    this.#clock = clock;
    this.#limits = limits;
    this.#hashing = hashing;
    this.#queue = new WorkQueue(limits.passwordHashes, limits.passwordsWaiting);
  }

  /** `link` names the link over all rooms; `address` is the caller's bucket for wrong tries. */
  async check(link: string, hash: string, password: string, address: TokenBucket): Promise<PasswordVerdict> {
    const digest = createHmac('sha256', this.#secret).update(`${hash}\0${password}`).digest('base64');
    if (this.#right.has(digest)) return 'right';
    const shared = this.#trying.get(digest);
    if (shared) return (await shared) ? 'right' : 'wrong';
    const now = this.#clock.now();
    const tries = this.#triesAt(link, now);
    const retryMs = Math.max(address.waitMs(now), tries.waitMs(now));
    if (retryMs > 0) return { kind: 'later', retryMs };
    if (this.#queue.isFull) return { kind: 'later', retryMs: BUSY_MS };
    // Before it is known, so that many tries at once are all counted.
    address.take(now);
    tries.take(now);
    const trying = this.#queue
      .run(() => this.#hashing.isPassword(password, hash))
      .finally(() => this.#trying.delete(digest));
    this.#trying.set(digest, trying);
    if (!(await trying)) return 'wrong';
    this.#remember(digest);
    return 'right';
  }

  /** The hash of a new password; `address` is the bucket that pays for it. */
  async hash(password: string, address: TokenBucket): Promise<string | (PasswordVerdict & object)> {
    const now = this.#clock.now();
    const retryMs = this.#queue.isFull ? BUSY_MS : address.waitMs(now);
    if (retryMs > 0) return { kind: 'later', retryMs };
    address.take(now);
    return this.#queue.run(() => this.#hashing.hashPassword(password));
  }

  #remember(digest: string): void {
    this.#right.add(digest);
    if (this.#right.size <= this.#limits.passwordsRemembered) return;
    const [oldest] = this.#right;
    if (oldest !== undefined) this.#right.delete(oldest);
  }

  #triesAt(link: string, now: number): TokenBucket {
    const bucket = this.#links.get(link) ?? new TokenBucket(this.#limits.passwordTries, now);
    this.#links.delete(link);
    this.#links.set(link, bucket);
    if (this.#links.size > this.#limits.passwordLinks) {
      const [oldest] = this.#links.keys();
      if (oldest !== undefined) this.#links.delete(oldest);
    }
    return bucket;
  }
}
