import { describe, expect, it } from 'vitest';
import { apply, insertion, type Op } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { plan, StageSpoilt, type Committed, type Outcome, type Stage, type Submission } from './plan.ts';

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

/** A Y.Doc that takes every update to insert a word at the beginning; its bytes name what was done, in order. */
function fakeStage(more: Partial<Stage> = {}): Stage {
  let done = 0;
  const bytes = (): Uint8Array => Uint8Array.of(++done);
  return {
    unrecordedRoot: null,
    settle: () => null,
    edit: bytes,
    take: () => ({ op: ['word'], update: bytes() }),
    ...more,
  };
}

function update(author: number): Submission {
  return { kind: 'update', author, update: Uint8Array.of(0), done: () => undefined };
}

describe('plan, beside a Y.Doc', () => {
  it('[P1] orders ops and updates alike, each with its bytes, and moves ops over updates', () => {
    const on = { ...committed('ab', [['ab']]), stage: fakeStage() };
    const { batch, outcomes } = plan([update(1), edit(2, 1, 1, [2, 'c']), update(1)], on, MOST, 0);
    expect(batch.entries.map(({ rev, seq, op, yjs }) => [rev, seq, op, yjs?.[0]])).toEqual([
      [2, 1, ['word'], 1],
      [3, 1, [6, 'c'], 2],
      [4, 2, ['word'], 3],
    ]);
    expect(kinds(outcomes)).toEqual(['logged', 'logged', 'logged']);
  });

  it('[P12] brings what is owed first, as an entry of its own', () => {
    const settle = (): { author: number; update: Uint8Array } => ({ author: 9, update: Uint8Array.of(100) });
    const on = { ...committed('ab', [['ab']], { 9: { seq: 4, rev: 1 } }), stage: fakeStage({ settle }) };
    const { batch } = plan([edit(2, 1, 1, ['c'])], on, MOST, 0);
    expect(batch.entries.map(({ author, seq, op, yjs }) => [author, seq, op, yjs?.[0]])).toEqual([
      [9, 5, [], 100],
      [2, 1, ['c'], 1],
    ]);
    expect(plan([], on, MOST, 0).batch.entries).toHaveLength(1);
  });

  it('[P12] names the root with the first entry, and only with one', () => {
    const on = { ...committed(''), stage: fakeStage({ unrecordedRoot: 'text' }) };
    expect(plan([update(1)], on, MOST, 0).batch.lineage).toEqual({ root: 'text' });
    expect(plan([], on, MOST, 0).batch).toEqual({ entries: [], settled: [] });
  });

  it('[P3] makes no entry of an update that is there already', () => {
    const on = { ...committed('ab', [['ab']]), stage: fakeStage({ take: () => null }) };
    const { batch, outcomes } = plan([update(1)], on, MOST, 0);
    expect(batch.entries).toEqual([]);
    expect(outcomes[0]?.outcome).toEqual({ kind: 'settled', seq: 0, rev: 1 });
  });

  it('[P9] tells the Y.Doc how much may still be inserted, what the batch has before included', () => {
    const spaces: number[] = [];
    const take = (_: Uint8Array, space: number): { op: Op; update: Uint8Array } => {
      spaces.push(space);
      return { op: ['word'], update: Uint8Array.of(1) };
    };
    plan([update(1), update(1)], { ...committed('ab', [['ab']]), stage: fakeStage({ take }) }, MOST, 0);
    plan([update(1)], { ...committed('a'.repeat(MOST + 1)), stage: fakeStage({ take }) }, MOST, 0);
    expect(spaces).toEqual([MOST - 2, MOST - 6, 0]);
  });

  it('[P7] refuses one update, and takes the others; one that spoils the Y.Doc stops it all, and is named', () => {
    const fault = new ProtocolFault('out-of-step', CloseCode.TRY_AGAIN, 'A gap.');
    let tries = 0;
    const failing = (error: Error): Stage =>
      fakeStage({
        take: () => {
          if (tries++ === 0) throw error;
          return { op: ['word'], update: Uint8Array.of(1) };
        },
      });
    const { outcomes } = plan([update(1), update(2)], { ...committed(''), stage: failing(fault) }, MOST, 0);
    expect(kinds(outcomes)).toEqual(['out-of-step', 'logged']);

    tries = 0;
    const bad = update(1);
    const spoilt = new StageSpoilt(fault);
    expect(() => plan([bad, update(2)], { ...committed(''), stage: failing(spoilt) }, MOST, 0)).toThrow(spoilt);
    expect(spoilt.submission).toBe(bad);
  });

  it('refuses an update when there is no Y.Doc any more, so that its sender comes back', () => {
    const { outcomes } = plan([update(1)], committed(''), MOST, 0);
    const [first] = outcomes;
    expect(first?.outcome.kind === 'refused' && first.outcome.fault.close).toBe(CloseCode.TRY_AGAIN);
  });
});
