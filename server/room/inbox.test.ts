import { describe, expect, it } from 'vitest';
import { Inbox } from './inbox.ts';
import type { Submission } from './plan.ts';

const LIMITS = { inbox: 3, inboxUnits: 30, batch: 2, batchUnits: 1_000 };

function edit(author: number, text = 'a'): Submission {
  return { kind: 'op', author, seq: 1, rev: 0, op: [text], done: () => undefined };
}

describe('the inbox of a room', () => {
  it('gives edits back in their order, a batch at a time', () => {
    const inbox = new Inbox(LIMITS);
    for (const author of [1, 2, 3]) inbox.push(edit(author));
    expect(inbox.take().map((one) => one.author)).toEqual([1, 2]);
    expect(inbox.take().map((one) => one.author)).toEqual([3]);
    expect(inbox.isEmpty).toBe(true);
  });

  it('[P9] takes no more than fit, by count and by units, but always one', () => {
    const byCount = new Inbox(LIMITS);
    expect([1, 2, 3, 4].map((author) => byCount.push(edit(author)))).toEqual([true, true, true, false]);
    const byUnits = new Inbox(LIMITS);
    expect(byUnits.push(edit(1, 'x'.repeat(1_000)))).toBe(true);
    expect(byUnits.push(edit(2))).toBe(false);
    byUnits.take();
    expect(byUnits.push(edit(2))).toBe(true);
  });

  it('holds an edit until it was answered', () => {
    const inbox = new Inbox(LIMITS);
    inbox.push(edit(7));
    expect(inbox.holds(7)).toBe(true);
    inbox.take();
    expect(inbox.holds(7)).toBe(true);
    inbox.settle();
    expect(inbox.holds(7)).toBe(false);
  });

  it('drops what waits and what is in flight together', () => {
    const inbox = new Inbox(LIMITS);
    for (const author of [1, 2, 3]) inbox.push(edit(author));
    inbox.take();
    expect(inbox.drop().map((one) => one.author)).toEqual([1, 2, 3]);
    expect(inbox.isEmpty).toBe(true);
    expect(inbox.push(edit(4, 'x'.repeat(10)))).toBe(true);
  });
});
