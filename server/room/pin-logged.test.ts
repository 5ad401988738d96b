import { describe, expect, it } from 'vitest';
import type { Op } from '../../lib/ot/index.ts';
import type { Entry } from '../storage/storage.ts';
import { addTried, pinLogged } from './pin-logged.ts';
import type { OpSubmission, Plan } from './plan.ts';

const submission: OpSubmission = { kind: 'op', author: 1, seq: 'next', rev: 1, op: [1, 'key'], done: () => undefined };

function pinned(planned: Op, logged: Op, more: Partial<Entry> = {}) {
  const entry = { rev: 2, author: 1, seq: 5, at: 9, op: planned };
  const tried: Plan = {
    batch: { entries: [entry], settled: [] },
    outcomes: [{ submission, outcome: { kind: 'logged', seq: 5, rev: 2 } }],
  };
  return pinLogged([submission], [tried], [{ ...entry, op: logged, ...more }])[0];
}

describe('an edit that may be in the log already', () => {
  const same = { ...submission, seq: 5 };

  it('keeps its number if it is, with letters that were taken out since too', () => {
    expect(pinned([1, 'key', -2], [1, 'key', -2])).toEqual(same);
    expect(pinned([1, 'key', -2], [1, '\u2588e\u2588', -2])).toEqual(same);
  });

  it('keeps the number of the plan that was written, whatever was planned after it', () => {
    const first = { rev: 2, author: 1, seq: 5, at: 9, op: [1, 'key'] };
    const owed = { rev: 2, author: 7, seq: 1, at: 9, op: [] };
    const outcome = (rev: number) => [{ submission, outcome: { kind: 'logged' as const, seq: 5, rev } }];
    const tried: Plan[] = [
      { batch: { entries: [first], settled: [] }, outcomes: outcome(2) },
      { batch: { entries: [owed, { ...first, rev: 3 }], settled: [] }, outcomes: outcome(3) },
    ];
    expect(pinLogged([submission], tried, [first])).toEqual([same]);
    expect(pinLogged([submission], tried, [owed])).toEqual([submission]);
  });

  it('counts a plan once, however often it is tried', () => {
    const entry = { rev: 2, author: 1, seq: 5, at: 9, op: [1, 'key'] };
    const plans: Plan[] = [3, 4].map((rev) => ({ batch: { entries: [{ ...entry, rev }], settled: [] }, outcomes: [] }));
    const tried: Plan[] = [];
    for (const plan of plans) {
      addTried(tried, plan);
      addTried(tried, { ...plan });
    }
    expect(tried).toEqual(plans);
  });

  it('is another one if anything else is different', () => {
    expect(pinned([1, 'key'], [1, 'kex'])).toBe(submission);
    expect(pinned([1, 'key'], [1, '\u2588\u2588'])).toBe(submission);
    expect(pinned([1, 'key'], [2, 'key'])).toBe(submission);
    expect(pinned([1, 'key'], [1, 'key', -1])).toBe(submission);
    expect(pinned([1, 'key'], [1, 'key'], { at: 10 })).toBe(submission);
  });
});
