import { describe, expect, it } from 'vitest';
import { apply, insertion, type Op } from '../../lib/ot/index.ts';
import { plan, type Committed, type Outcome, type Submission } from './plan.ts';

const MOST = 1_000;

function committed(
  text: string,
  history: readonly Op[] = [],
  settled: Record<number, { seq: number; rev: number }> = {},
): Committed {
  return {
    rev: history.length,
    text,
    settledOf: (author) => settled[author] ?? null,
    since: (rev) => history.slice(rev),
    stage: null,
  };
}

function edit(author: number, seq: number | 'next', rev: number, op: Op): Submission {
  return { kind: 'op', author, seq, rev, op, done: () => undefined };
}

function kinds(outcomes: readonly { outcome: Outcome }[]): string[] {
  return outcomes.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.fault.code : outcome.kind));
}

describe('plan', () => {
  it('[P1] gives a batch the revisions after the committed ones, without gaps', () => {
    const on = committed('ab', [insertion(0, 'a'), insertion(1, 'b')]);
    const { batch } = plan([edit(1, 1, 2, insertion(0, 'x')), edit(2, 1, 2, insertion(2, 'y'))], on, MOST, 5);
    expect(batch.entries.map(({ rev, op, at }) => [rev, op, at])).toEqual([
      [3, ['x'], 5],
      [4, [3, 'y'], 5],
    ]);
  });

  it('puts what is in the log to the left of what comes later at the same place', () => {
    const on = committed('log', [['log']]);
    const { batch } = plan([edit(1, 1, 0, ['new']), edit(2, 1, 0, ['third'])], on, MOST, 0);
    const text = batch.entries.reduce((now, entry) => apply(now, entry.op), 'log');
    expect(text).toBe('lognewthird');
  });

  it('[P3] answers a settled seq without a new entry', () => {
    const on = committed('a', [['a']], { 1: { seq: 1, rev: 1 } });
    const { batch, outcomes } = plan([edit(1, 1, 0, ['a'])], on, MOST, 0);
    expect(batch.entries).toEqual([]);
    expect(outcomes[0]?.outcome).toEqual({ kind: 'settled', seq: 1, rev: 1 });
  });

  it('[P3] takes an edit once when it comes twice in one batch', () => {
    const { batch, outcomes } = plan([edit(1, 1, 0, ['a']), edit(1, 1, 0, ['a'])], committed(''), MOST, 0);
    expect(batch.entries).toHaveLength(1);
    expect(kinds(outcomes)).toEqual(['logged', 'settled']);
  });

  it('refuses a seq that jumps', () => {
    expect(kinds(plan([edit(1, 2, 0, ['a'])], committed(''), MOST, 0).outcomes)).toEqual(['bad-seq']);
  });

  it('refuses a revision in the future', () => {
    expect(kinds(plan([edit(1, 1, 1, ['a'])], committed(''), MOST, 0).outcomes)).toEqual(['bad-rev']);
  });

  it('[P6] refuses an op longer than the text, or one that splits a surrogate pair, and takes the rest', () => {
    const on = committed('😀', [['😀']]);
    const { batch, outcomes } = plan(
      [edit(1, 1, 1, [5, 'x']), edit(2, 1, 1, [1, 'x']), edit(3, 1, 1, [2, 'x'])],
      on,
      MOST,
      0,
    );
    expect(kinds(outcomes)).toEqual(['bad-op', 'bad-op', 'logged']);
    expect(batch.entries.map((entry) => entry.rev)).toEqual([2]);
  });

  it('settles an edit of which nothing is left, without an entry', () => {
    const on = committed('', [['ab'], [-2]]);
    const { batch, outcomes } = plan([edit(1, 1, 1, [-1])], on, MOST, 0);
    expect(batch).toEqual({ entries: [], settled: [{ author: 1, seq: 1, rev: 2 }] });
    expect(kinds(outcomes)).toEqual(['settled']);
  });

  it('numbers the edits of the server itself in order', () => {
    const on = committed('', [], { 7: { seq: 4, rev: 0 } });
    const { batch } = plan([edit(7, 'next', 0, ['a']), edit(7, 'next', 0, ['b'])], on, MOST, 0);
    expect(batch.entries.map((entry) => entry.seq)).toEqual([5, 6]);
  });

  it('[P9] refuses what would pass the limit, but never a deletion', () => {
    const on = committed('a'.repeat(MOST), [['a'.repeat(MOST)]]);
    const { outcomes } = plan([edit(1, 1, 1, ['b']), edit(2, 1, 1, [-1]), edit(3, 1, 1, ['c'])], on, MOST, 0);
    expect(kinds(outcomes)).toEqual(['document-full', 'logged', 'logged']);
  });
});
