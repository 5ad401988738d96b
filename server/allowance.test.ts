import { describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/testing/index.ts';
import { AddressBudgets } from './address-budgets.ts';
import { Allowance, type Cost } from './allowance.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';

const LIMITS = DEFAULT_SERVER_LIMITS;
const OP: Cost = 'op';
const CURSOR: Cost = 'cursor';
const PING: Cost = 'ping';
const KIB = 1_024;

function scene(limits = LIMITS) {
  const clock = new ManualClock();
  const budgets = new AddressBudgets(clock, limits);
  const arrive = (address = 'here') => new Allowance(clock, limits, budgets.of(address));
  return { clock, budgets, arrive };
}

/** How many of `count` messages at once are taken. */
function taken(allowance: Allowance, count: number, message: Cost, bytes = 50): number {
  let sum = 0;
  for (let i = 0; i < count; i++) if (allowance.admit(message, bytes).kind === 'taken') sum++;
  return sum;
}

describe('[P9] what one socket may send', () => {
  it.each([
    ['ops', OP, LIMITS.advertised.opsPerSecond, LIMITS.advertised.opsPerSecond],
    ['cursors', CURSOR, LIMITS.socketRates.cursors.burst, LIMITS.socketRates.cursors.perSecond],
    ['pings', PING, LIMITS.socketRates.pings.burst, LIMITS.socketRates.pings.perSecond],
    ['awareness', 'awareness' as const, LIMITS.socketRates.awareness.burst, LIMITS.socketRates.awareness.perSecond],
    ['syncs', 'sync' as const, LIMITS.socketRates.syncs.burst, LIMITS.socketRates.syncs.perSecond],
    ['other messages', 'other' as const, LIMITS.socketRates.others.burst, LIMITS.socketRates.others.perSecond],
  ])('is bounded in %s', (_, message, burst, perSecond) => {
    const { clock, arrive } = scene();
    const allowance = arrive();
    expect(taken(allowance, burst + 20, message)).toBe(burst);
    clock.advance(1_000);
    expect(taken(allowance, perSecond + 20, message)).toBe(perSecond);
  });

  it('is bounded in bytes, whatever the messages are, by the rate that clients are told', () => {
    const { clock, arrive } = scene();
    const allowance = arrive();
    const { bytesPerSecond, message } = LIMITS.advertised;
    expect(taken(allowance, 20, OP, message)).toBe((LIMITS.burstSeconds.bytes * bytesPerSecond) / message);
    clock.advance(1_000);
    expect(taken(allowance, 20, OP, message)).toBe(bytesPerSecond / message);
  });

  it('says when to come again, and then takes it', () => {
    const { clock, arrive } = scene();
    const allowance = arrive();
    taken(allowance, LIMITS.advertised.opsPerSecond, OP);
    const verdict = allowance.admit(OP, 50);
    if (verdict.kind !== 'later') throw new Error(`it was ${verdict.kind}`);
    expect(verdict.retryMs).toBe(1_000);
    clock.advance(verdict.retryMs);
    expect(allowance.admit(OP, 50)).toEqual({ kind: 'taken' });
  });

  it('takes nothing at all of what it puts off', () => {
    const { arrive } = scene();
    const allowance = arrive();
    taken(allowance, LIMITS.advertised.opsPerSecond, OP, 1);
    // Neither the bytes nor the address paid for these, so that others can.
    taken(allowance, 40, OP, LIMITS.advertised.message);
    expect(taken(allowance, 4, CURSOR, LIMITS.advertised.message)).toBe(4);
  });

  it('[P7] ends with patience: who keeps sending is out, who waits as told is not', () => {
    const { clock, arrive } = scene();
    const rude = arrive();
    const kinds = Array.from({ length: 300 }, () => rude.admit(OP, 50).kind);
    expect(kinds.filter((kind) => kind === 'later')).toHaveLength(LIMITS.patience.burst);
    expect(kinds.at(-1)).toBe('abuse');
    const polite = arrive('elsewhere');
    for (let i = 0; i < 3_000; i++) {
      const verdict = polite.admit(OP, 50);
      expect(verdict.kind).not.toBe('abuse');
      if (verdict.kind === 'later') clock.advance(verdict.retryMs);
    }
  });
});

describe('a person is never limited', () => {
  it('who holds a key down for a minute, with a ping for each letter and carets between', () => {
    const { clock, arrive } = scene();
    const allowance = arrive();
    for (let letter = 0; letter < 30 * 60; letter++) {
      expect(allowance.admit(OP, 60).kind).toBe('taken');
      if (letter % 3 === 0) expect(allowance.admit(PING, 30).kind).toBe('taken');
      if (letter % 2 === 0) expect(allowance.admit(CURSOR, 60).kind).toBe('taken');
      clock.advance(1_000 / 30);
    }
  });

  it.each([
    ['1 MB of ASCII', 1_048_576],
    ['the largest document of Chinese', 3 * LIMITS.advertised.document],
  ])('who pastes %s, in pieces of 64 KiB that are answered at once', (_, bytes) => {
    const { clock, arrive } = scene();
    const allowance = arrive();
    for (let left = bytes; left > 0; left -= 64 * KIB) {
      expect(allowance.admit(OP, 64 * KIB + 100).kind).toBe('taken');
      clock.advance(1);
    }
  });

  it('whose line stalled for 20 s while they moved the caret', () => {
    const { arrive } = scene();
    expect(taken(arrive(), 20 * 20, CURSOR)).toBe(20 * 20);
  });
});

describe('[P9] what one address may send', () => {
  it('is bounded over all its sockets, and is nobody else’s matter', () => {
    const { arrive } = scene({
      ...LIMITS,
      addressRates: { ...LIMITS.addressRates, ops: { perSecond: 10, burst: 30 } },
    });
    expect(taken(arrive(), 20, OP) + taken(arrive(), 20, OP)).toBe(30);
    expect(taken(arrive('elsewhere'), 20, OP)).toBe(20);
  });

  it.each(['joins', 'rooms'] as const)('is bounded in %s', (what) => {
    const { clock, arrive } = scene();
    const { burst, perSecond } = LIMITS.addressRates[what];
    const count = (): number => Array.from({ length: 3_000 }, () => arrive().admitTo(what)).filter(Boolean).length;
    expect(count()).toBe(burst);
    clock.advance(1_000);
    expect(count()).toBe(perSecond);
    expect(arrive('elsewhere').admitTo(what)).toBe(true);
  });

  it('is remembered for so many addresses and no more: the one that was longest silent goes', () => {
    const { budgets } = scene({ ...LIMITS, addresses: 3 });
    const first = budgets.of('first');
    const second = budgets.of('second');
    budgets.of('third');
    expect(budgets.of('first')).toBe(first);
    budgets.of('fourth');
    expect(budgets.size).toBe(3);
    expect(budgets.of('first')).toBe(first);
    expect(budgets.of('second')).not.toBe(second);
  });
});
