import { describe, expect, it } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import { SnapshotRule } from './snapshot-rule.ts';

const LIMITS = DEFAULT_SERVER_LIMITS;
const entry = (rev: number, text = 'x') => ({ rev, author: 1, seq: rev, at: 0, op: [text] });
const ignore = (): void => undefined;

describe('[P9] a snapshot is due, so that loading never replays much', () => {
  it('after so many revisions', () => {
    const rule = new SnapshotRule(LIMITS, 0, 0);
    for (let rev = 1; rev < LIMITS.snapshotRevisions; rev++) rule.count(entry(rev));
    expect(rule.dueNow()).toBe(false);
    rule.count(entry(LIMITS.snapshotRevisions));
    expect(rule.dueNow()).toBe(true);
  });

  it('after so much in ops', () => {
    const rule = new SnapshotRule(LIMITS, 0, 0);
    rule.count(entry(1, 'x'.repeat(LIMITS.snapshotOpBytes / 2)));
    expect(rule.dueNow()).toBe(false);
    rule.count(entry(2, 'x'.repeat(LIMITS.snapshotOpBytes / 2)));
    expect(rule.dueNow()).toBe(true);
  });

  it('after so long without an edit, once', async () => {
    const rule = new SnapshotRule(LIMITS, 0, 0);
    rule.count(entry(1));
    rule.edited(5_000);
    expect(rule.dueWhenIdle(1, 5_000 + LIMITS.snapshotIdleMs - 1).snapshot).toBe(false);
    expect(rule.dueWhenIdle(1, 5_000 + LIMITS.snapshotIdleMs).snapshot).toBe(true);
    rule.save(1, () => Promise.resolve(), ignore);
    await rule.saved();
    expect(rule.dueWhenIdle(1, 10 * LIMITS.snapshotIdleMs).snapshot).toBe(false);
  });

  it('again after one that failed', async () => {
    const rule = new SnapshotRule(LIMITS, 0, 0);
    rule.count(entry(1));
    rule.save(1, () => Promise.reject(new Error('disk')), ignore);
    await rule.saved();
    expect([rule.dueAtClose(1), rule.dueWhenIdle(1, LIMITS.snapshotIdleMs).snapshot]).toEqual([true, true]);
  });
});

it('[P4] a hash is due after so long without an edit, once for each revision', () => {
  const rule = new SnapshotRule(LIMITS, 0, 0);
  expect(rule.dueWhenIdle(0, LIMITS.hashIdleMs).hash).toBe(false);
  expect(rule.dueWhenIdle(1, LIMITS.hashIdleMs - 1).hash).toBe(false);
  expect(rule.dueWhenIdle(1, LIMITS.hashIdleMs).hash).toBe(true);
  expect(rule.dueWhenIdle(1, 2 * LIMITS.hashIdleMs).hash).toBe(false);
  expect(rule.dueWhenIdle(2, 2 * LIMITS.hashIdleMs).hash).toBe(true);
});
