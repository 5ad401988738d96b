import { describe, expect, it } from 'vitest';
import { apply, isIdentity, replacement } from '../ot/index.ts';
import { seededRandom, type SeededRandom } from '../testing/index.ts';
import { bufferOf, edited, nextToSend, outstandingOf, SYNCED, type DocumentState } from './document.ts';
import { rebase } from './rebase.ts';

const BOUNDS = { bytes: 10_000, parts: 100 };
const WORDS = ['sun ', 'rain ', 'wind ', 'snow '];

function scribble(random: SeededRandom, text: string): string {
  const from = random.int(text.length + 1);
  return text.slice(0, from) + random.pick(WORDS) + text.slice(Math.min(text.length, from + random.int(5)));
}

/** A document with edits pending, on `base`. */
function pendingOn(random: SeededRandom, base: string): { state: DocumentState; shown: string } {
  let state: DocumentState = { rev: 4, epoch: 'one', you: 7, seq: 2, pending: SYNCED, settled: null };
  let shown = base;
  for (let edit = 0; edit < 1 + random.int(4); edit++) {
    const op = replacement(random.int(shown.length + 1), 0, `<${edit}>`);
    shown = apply(shown, op);
    state = edited(state, op);
    if (random.int(3) === 0) state = nextToSend(state, BOUNDS)?.state ?? state;
  }
  return { state, shown };
}

describe('rebase', () => {
  it('[P5] keeps every pending letter, and the screen and the server agree on where (seeds 1–400)', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = seededRandom(seed);
      const base = 'The quick brown fox.';
      const { state, shown } = pendingOn(random, base);
      const outstanding = outstandingOf(state.pending);
      const arrived = outstanding !== null && random.int(2) === 0;
      const text = scribble(random, scribble(random, arrived ? apply(base, outstanding.op.toOp()) : base));
      const result = rebase(state, base, {
        epoch: random.pick(['one', 'two']),
        rev: 900,
        you: 7,
        last: { seq: arrived ? outstanding.seq : 2, rev: 899 },
        text,
      });
      const { pending } = result.state;
      const left = [outstandingOf(pending)?.op.toOp() ?? [], bufferOf(pending)?.toOp() ?? []];
      const merged = left.reduce((before, op) => apply(before, op), text);
      expect(apply(shown, result.change), `seed ${seed}`).toBe(merged);
      expect(
        left.flat().some((part) => typeof part === 'number' && part < 0),
        `seed ${seed}: deletes`,
      ).toBe(false);
      const units = (ops: readonly (readonly (number | string)[])[]) =>
        ops.flat().reduce((sum: number, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
      const before = [arrived ? [] : (outstanding?.op.toOp() ?? []), bufferOf(state.pending)?.toOp() ?? []];
      expect(units(left), `seed ${seed}`).toBe(units(before));
    }
  });

  const whole = { epoch: 'one', rev: 9, you: 7, text: 'new text' };
  const sent = (op: readonly (number | string)[]) => {
    const state: DocumentState = { rev: 4, epoch: 'one', you: 7, seq: 2, pending: SYNCED, settled: null };
    return nextToSend(edited(state, op), BOUNDS)?.state ?? state;
  };

  it('[P3] drops an outstanding edit that is in the text, and keeps one that is not under its seq', () => {
    expect(rebase(sent(['x']), 'text', { ...whole, last: { seq: 3, rev: 8 } }).state).toMatchObject({
      seq: 3,
      pending: SYNCED,
    });
    const kept = rebase(sent(['x']), 'text', { ...whole, last: { seq: 2, rev: 3 } }).state;
    expect(kept).toMatchObject({ seq: 3, pending: { kind: 'awaiting', outstanding: { seq: 3, sent: { rev: 9 } } } });
  });

  it('starts the numbers again in another log', () => {
    const { state } = rebase(sent(['x']), 'text', { ...whole, epoch: 'two', last: null });
    expect(state).toMatchObject({ epoch: 'two', seq: 0, pending: { kind: 'unsent' } });
  });

  it('frees the number of an edit of which nothing is left', () => {
    const { state, change, moved } = rebase(sent([-4]), 'text', { ...whole, text: '', last: { seq: 2, rev: 3 } });
    expect(state).toMatchObject({ seq: 2, pending: SYNCED });
    expect(isIdentity(change)).toBe(true);
    expect(moved).toBe(true);
  });
});
