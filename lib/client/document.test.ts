import { describe, expect, it } from 'vitest';
import { apply, type Op } from '../ot/index.ts';
import {
  acknowledged,
  bufferOf,
  edited,
  logged,
  nextToSend,
  outstandingOf,
  resendOf,
  resumed,
  SYNCED,
  unsavedOf,
  type DocumentState,
} from './document.ts';

const BOUNDS = { bytes: 10_000, parts: 100 };
const SYNCED_AT_4: DocumentState = { rev: 4, epoch: 'e', you: 7, seq: 2, pending: SYNCED, settled: null };

function sent(op: Op): DocumentState {
  const next = nextToSend(edited(SYNCED_AT_4, op), BOUNDS);
  if (!next) throw new Error('Nothing to send.');
  return next.state;
}

/** What is pending, with ops as arrays. */
function plain({ pending }: DocumentState) {
  const outstanding = outstandingOf(pending);
  const buffer = bufferOf(pending);
  return {
    kind: pending.kind,
    ...(outstanding && { outstanding: { ...outstanding, op: outstanding.op.toOp() } }),
    ...(buffer && { buffer: buffer.toOp() }),
  };
}

describe('local edits', () => {
  it('become one buffer until they are sent', () => {
    const state = edited(edited(SYNCED_AT_4, ['a']), [1, 'b']);
    expect(plain(state)).toEqual({ kind: 'unsent', buffer: ['ab'] });
    expect(unsavedOf(state.pending)).toBe(2);
  });

  it('[P3] are never composed into what was sent', () => {
    const state = edited(edited(sent(['a']), [1, 'b']), [2, 'c']);
    expect(plain(state)).toEqual({
      kind: 'awaitingWithBuffer',
      outstanding: { seq: 3, op: ['a'], sent: { rev: 4, op: ['a'] } },
      buffer: [1, 'bc'],
    });
    expect(nextToSend(state, BOUNDS)).toBeNull();
  });

  it('that undo each other leave nothing to send', () => {
    expect(edited(edited(SYNCED_AT_4, ['a']), [-1]).pending.kind).toBe('synced');
    expect(edited(edited(sent(['a']), [1, 'b']), [1, -1]).pending.kind).toBe('awaiting');
  });
});

describe('an entry of the log', () => {
  it('[P3] of the page before, on its way when this one was welcomed, has used its number', () => {
    const { state } = logged(SYNCED_AT_4, { rev: 5, author: 7, seq: 3, op: ['late'] }, '');
    const next = nextToSend(edited(state, ['mine']), BOUNDS);
    expect(next?.outstanding.seq).toBe(4);
  });

  it('of somebody else comes first at the same place', () => {
    const step = logged(sent(['mine']), { rev: 5, author: 1, seq: 9, op: ['theirs'] }, '');
    expect(step.change).toEqual(['theirs']);
    expect(step.state.rev).toBe(5);
    expect(plain(step.state)).toMatchObject({ outstanding: { op: [6, 'mine'] } });
  });

  it('moves outstanding and buffer, and is moved by both', () => {
    const state = edited(sent(['ab']), [1, 'X']);
    const step = logged(state, { rev: 5, author: 1, seq: 1, op: [3, '!'] }, 'old');
    expect(apply('aXbold', step.change)).toBe('aXbold!');
    expect(plain(step.state)).toEqual({
      kind: 'awaitingWithBuffer',
      outstanding: { seq: 3, op: ['ab'], sent: { rev: 4, op: ['ab'] } },
      buffer: [1, 'X'],
    });
  });

  it('with our author number and seq is the acknowledgement', () => {
    const step = logged(edited(sent(['a']), [1, 'b']), { rev: 5, author: 7, seq: 3, op: ['a'] }, '');
    expect(step).toMatchObject({ acknowledged: true, change: [], consistent: true });
    expect(plain(step.state)).toEqual({ kind: 'unsent', buffer: [1, 'b'] });
  });

  it('with our author number and another seq is not', () => {
    expect(logged(sent(['a']), { rev: 5, author: 7, seq: 2, op: ['z'] }, '').acknowledged).toBe(false);
  });

  it('[P4] of ours that differs from what we sent corrects this screen to the log', () => {
    const step = logged(edited(sent(['abc']), [3, '!']), { rev: 5, author: 7, seq: 3, op: ['aXc'] }, 'base');
    expect(step.acknowledged).toBe(true);
    expect(apply('abc!base', step.change)).toBe('aXc!base');
    expect(plain(step.state)).toEqual({ kind: 'unsent', buffer: [3, '!'] });
  });
});

describe('settled without an entry', () => {
  const identity = logged(sent([-3]), { rev: 5, author: 1, seq: 1, op: [-3] }, 'old').state;

  it('an ack for an edit that became identity drops it', () => {
    const step = acknowledged(identity, 3, 5);
    expect(step).toMatchObject({ acknowledged: true, consistent: true, state: { pending: SYNCED } });
  });

  it('an ack ahead of its revision takes effect when that is reached', () => {
    const early = acknowledged(sent([-3]), 3, 5);
    expect(early.acknowledged).toBe(false);
    const step = logged(early.state, { rev: 5, author: 1, seq: 1, op: [-3] }, 'old');
    expect(step).toMatchObject({ acknowledged: true, consistent: true, state: { pending: SYNCED } });
  });

  it('an ack for an older seq is ignored', () => {
    expect(acknowledged(sent(['a']), 2, 4)).toMatchObject({ acknowledged: false, consistent: true });
  });

  it('[P4] is a contradiction if something is left of the edit', () => {
    expect(acknowledged(sent(['a']), 3, 4)).toMatchObject({ acknowledged: false, consistent: false });
  });
});

describe('resuming', () => {
  const welcome = { epoch: 'e', you: 7 };

  it('[P3] leaves an edit that has arrived outstanding until its entry comes', () => {
    const step = resumed(sent(['a']), { ...welcome, last: { seq: 3, rev: 6 } });
    expect(step.acknowledged).toBe(false);
    const first = logged(step.state, { rev: 5, author: 1, seq: 1, op: ['x'] }, '');
    const second = logged(first.state, { rev: 6, author: 7, seq: 3, op: [1, 'a'] }, 'x');
    expect(second).toMatchObject({ acknowledged: true, consistent: true, state: { pending: SYNCED, seq: 3 } });
  });

  it('drops an edit that was settled as identity, at once or when its revision is reached', () => {
    const identity = logged(sent([-3]), { rev: 5, author: 1, seq: 1, op: [-3] }, 'old').state;
    expect(resumed(identity, { ...welcome, last: { seq: 3, rev: 5 } }).acknowledged).toBe(true);
    const step = resumed(sent([-3]), { ...welcome, last: { seq: 3, rev: 5 } });
    expect(logged(step.state, { rev: 5, author: 1, seq: 1, op: [-3] }, 'old').acknowledged).toBe(true);
  });

  it('sends an edit that has not arrived again, with its seq, moved to the newest revision', () => {
    const step = resumed(sent(['a']), { ...welcome, last: { seq: 2, rev: 3 } });
    const { state } = logged(step.state, { rev: 5, author: 1, seq: 1, op: ['x'] }, '');
    if (state.pending.kind !== 'awaiting') throw new Error(state.pending.kind);
    expect(resendOf(state.pending.outstanding, state.rev)).toEqual({ seq: 3, rev: 5, op: [1, 'a'] });
  });

  it('sends an edit of which nothing is left in its first form, for no empty op is taken', () => {
    const { pending } = logged(sent([-3]), { rev: 5, author: 1, seq: 1, op: [-3] }, 'old').state;
    if (pending.kind !== 'awaiting') throw new Error(pending.kind);
    expect(resendOf(pending.outstanding, 5)).toEqual({ seq: 3, rev: 4, op: [-3] });
  });

  it('[P3] counts on from what is settled, also if that is more than an old record knows of', () => {
    const step = resumed(sent([-3]), { ...welcome, last: { seq: 6, rev: 9 } });
    expect(step.state).toMatchObject({ seq: 6, settled: { seq: 6, rev: 9 } });
  });

  it('counts on from what the server has settled', () => {
    expect(resumed(SYNCED_AT_4, { ...welcome, last: null }).state.seq).toBe(0);
    expect(resumed(sent(['a']), { ...welcome, last: null }).state).toMatchObject({
      seq: 1,
      pending: { outstanding: { seq: 1 } },
    });
  });
});
