import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/testing/index.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { TokenBucket } from '../token-bucket.ts';
import { Passwords, type PasswordLimits } from './passwords.ts';
import { hashPassword, isPassword } from './scrypt.ts';

const RATE = { perSecond: 1, burst: 3 };

/** Hashes that say what they hash, and wait until the test lets them go. */
function scene(more: Partial<PasswordLimits> = {}) {
  const clock = new ManualClock();
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const hashing = {
    hashPassword: (password: string) => Promise.resolve(`hash of ${password}`),
    isPassword: async (password: string, hash: string) => {
      asked.push(password);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return hash === `hash of ${password}`;
    },
  };
  const passwords = new Passwords(clock, { ...DEFAULT_SERVER_LIMITS, passwordTries: RATE, ...more }, hashing);
  const address = (): TokenBucket => new TokenBucket({ perSecond: 1, burst: 100 }, clock.now());
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) {
      await Promise.resolve();
      for (const go of waiting.splice(0)) go();
    }
  };
  const check = async (password: string, from = address(), link = 'room/1') => {
    const verdict = passwords.check(link, 'hash of sesame', password, from);
    await settle();
    return verdict;
  };
  return { clock, passwords, asked, check, address, settle };
}

describe('[P10] passwords of links', () => {
  it('tells right from wrong', async () => {
    const { check } = scene();
    expect(await check('sesame')).toBe('right');
    expect(await check('open')).toBe('wrong');
  });

  it('remembers what was right, so that a thousand who come back cost one hash', async () => {
    const { check, asked } = scene();
    for (let i = 0; i < 1_000; i++) expect(await check('sesame')).toBe('right');
    expect(asked).toEqual(['sesame']);
  });

  it('hashes once for all who ask the same at once', async () => {
    const { passwords, address, settle, asked } = scene();
    const all = Array.from({ length: 50 }, () => passwords.check('room/1', 'hash of sesame', 'sesame', address()));
    await settle();
    expect(new Set(await Promise.all(all))).toEqual(new Set(['right']));
    expect(asked).toHaveLength(1);
  });

  it('forgets a password with its hash: another one is asked anew', async () => {
    const { check, passwords, address, settle } = scene();
    expect(await check('sesame')).toBe('right');
    const after = passwords.check('room/1', 'hash of other', 'sesame', address());
    await settle();
    expect(await after).toBe('wrong');
  });

  it('slows an address down over all links, and says for how long', async () => {
    const { check, clock } = scene({ passwordTries: { perSecond: 1, burst: 100 } });
    const from = new TokenBucket({ perSecond: 0.5, burst: 2 }, clock.now());
    expect(await check('a', from, 'room/1')).toBe('wrong');
    expect(await check('b', from, 'room/2')).toBe('wrong');
    expect(await check('c', from, 'room/3')).toEqual({ kind: 'later', retryMs: 2_000 });
    clock.advance(2_000);
    expect(await check('c', from, 'room/3')).toBe('wrong');
  });

  it('slows a link down over all addresses, and keeps out nobody who was in before', async () => {
    const { check, asked } = scene();
    expect(await check('sesame')).toBe('right');
    for (const word of ['a', 'b']) expect(await check(word)).toBe('wrong');
    expect(await check('c')).toEqual({ kind: 'later', retryMs: 1_000 });
    expect(asked).not.toContain('c');
    expect(await check('sesame')).toBe('right');
    expect(await check('c', undefined, 'room/2')).toBe('wrong');
  });

  it('counts tries before they are known, so that many at once are not more than one after the other', async () => {
    const { passwords, address, settle } = scene();
    const all = ['a', 'b', 'c', 'd', 'e'].map((word) => passwords.check('room/1', 'hash of sesame', word, address()));
    await settle();
    expect((await Promise.all(all)).map((one) => (typeof one === 'string' ? one : one.kind))).toEqual([
      'wrong',
      'wrong',
      'wrong',
      'later',
      'later',
    ]);
  });

  it('[P9] hashes two at a time, and turns away whoever comes when the line is full', async () => {
    const limits = { passwordTries: { perSecond: 1, burst: 100 }, passwordHashes: 2, passwordsWaiting: 1 };
    const { passwords, address, settle, asked } = scene(limits);
    const all = ['a', 'b', 'c', 'd'].map((word) => passwords.check('room/1', 'hash of sesame', word, address()));
    await Promise.resolve();
    expect(asked).toEqual(['a', 'b']);
    expect(await all[3]).toMatchObject({ kind: 'later' });
    await settle();
    expect(await Promise.all(all.slice(0, 3))).toEqual(['wrong', 'wrong', 'wrong']);
    expect(asked).toEqual(['a', 'b', 'c']);
  });
});

describe('scrypt', () => {
  it('knows the password that it hashed, however its letters were composed, and no other', async () => {
    const hash = await hashPassword('caf\u00e9');
    expect(hash).not.toContain('caf');
    expect(await isPassword('cafe\u0301', hash)).toBe(true);
    expect(await isPassword('cafe', hash)).toBe(false);
  });

  it('salts: the same password has another hash each time', async () => {
    expect(await hashPassword('sesame')).not.toBe(await hashPassword('sesame'));
  });

  it('refuses a hash that it did not write', async () => {
    await expect(isPassword('sesame', 'plain')).rejects.toThrow(/malformed/);
  });
});
