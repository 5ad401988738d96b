import { EditorState, ChangeSet } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { changesFromOp, opFromChanges } from './op-changes.ts';
import { cleanInput } from './clean-input.ts';
import { remote } from './remote-annotation.ts';

function edit(text: string, changes: { from: number; to?: number; insert?: string }[]) {
  return opFromChanges(ChangeSet.of(changes, text.length, '\n'));
}

describe('[§4] CodeMirror changes become ops', () => {
  it.each<[string, { from: number; to?: number; insert?: string }[], (string | number)[]]>([
    ['hello', [{ from: 5, insert: ' you' }], [5, ' you']],
    ['hello', [{ from: 0, to: 5 }], [-5]],
    ['hello', [{ from: 1, to: 4, insert: 'i' }], [1, 'i', -3]],
    [
      'a b c',
      [
        { from: 0, insert: '>' },
        { from: 2, insert: '>' },
        { from: 4, to: 5, insert: 'd' },
      ],
      ['>', 2, '>', 2, 'd', -1],
    ],
    [
      'ab',
      [
        { from: 0, to: 1 },
        { from: 1, to: 2, insert: 'x' },
      ],
      ['x', -2],
    ],
    ['one', [{ from: 3, insert: '\ntwo\n' }], [3, '\ntwo\n']],
    ['x', [], []],
  ])('%j %j → %j', (text, changes, wanted) => {
    expect(edit(text, changes)).toEqual(wanted);
  });

  it('and back, with the same result', () => {
    const text = 'one\ntwo 😀 three';
    const ops = [[], [3, '\n', -1], ['x', -3, 6, 'tail'], [4, 'ab\ncd', -3, 1, -2]];
    for (const op of ops) {
      const changes = changesFromOp(op, text.length);
      expect(opFromChanges(changes)).toEqual(op);
    }
  });
});

describe('[P6] local edits are clean', () => {
  const state = (doc: string) =>
    EditorState.create({ doc, extensions: [EditorState.lineSeparator.of('\n'), cleanInput()] });
  const run = (doc: string, changes: { from: number; to?: number; insert?: string }[]) => {
    const transaction = state(doc).update({ changes });
    return { text: transaction.newDoc.sliceString(0), op: opFromChanges(transaction.changes) };
  };

  it('line ends of pasted text become \\n', () => {
    expect(run('ab', [{ from: 1, insert: 'x\r\ny\rz' }]).text).toBe('ax\ny\nzb');
  });

  it('lone surrogates become U+FFFD, pairs stay', () => {
    expect(run('', [{ from: 0, insert: '\ud83d 😀 \ude00' }]).text).toBe('\ufffd 😀 \ufffd');
  });

  it('deleting half of a pair deletes the whole pair', () => {
    expect(run('a😀b', [{ from: 2, to: 4 }])).toEqual({ text: 'a', op: [1, -3] });
    expect(run('a😀b', [{ from: 0, to: 2, insert: 'x' }])).toEqual({ text: 'xb', op: ['x', -3] });
  });

  it('inserting into a pair inserts in front of it', () => {
    const { text, op } = run('a😀b', [{ from: 2, insert: 'x' }]);
    expect(text).toBe('ax😀b');
    expect(op).toEqual([1, 'x😀', -2]);
  });

  it('a remote edit is taken as it is', () => {
    const transaction = state('ab').update({ changes: { from: 1, insert: '\r' }, annotations: remote.of(3) });
    expect(transaction.newDoc.length).toBe(3);
  });

  it('an edit at two places is repaired at both', () => {
    expect(
      run('😀😀', [
        { from: 1, to: 2 },
        { from: 2, to: 3, insert: '\r' },
      ]).text,
    ).toBe('\n');
  });
});
