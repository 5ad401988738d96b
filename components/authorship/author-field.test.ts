import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { remote, remoteParts } from '../editor/remote-annotation.ts';
import { authorField, authorRuns, setNames, setRuns } from './author-field.ts';
import { authorsBetween, runsOf } from './author-runs.ts';

function start(doc: string): EditorState {
  const writer = { you: () => 7, now: () => 1_000 };
  const state = EditorState.create({ doc, extensions: authorRuns(writer) });
  return state.update({ effects: setRuns.of(runsOf([[doc.length, 1, 10]])) }).state;
}

const main = (state: EditorState, from: number, to: number) =>
  authorsBetween(state.field(authorField).runs, from, to)?.main ?? null;

it('[page] own letters are one’s own, those of others theirs, and those of a rebase nobody’s', () => {
  let state = start('first');
  state = state.update({ changes: { from: 5, insert: ' own' } }).state;
  state = state.update({ changes: { from: 9, insert: ' hers' }, annotations: remote.of(3) }).state;
  state = state.update({ changes: { from: 14, insert: ' new' }, annotations: remote.of(null) }).state;
  expect([main(state, 0, 5), main(state, 5, 9), main(state, 9, 14), main(state, 14, 18)]).toEqual([1, 7, 3, null]);
  expect(authorsBetween(state.field(authorField).runs, 5, 9)?.at).toBe(1_000);
});

it('[page] is the same value until text, runs or names change', () => {
  const state = start('first');
  expect(state.update({ selection: { anchor: 2 } }).state.field(authorField)).toBe(state.field(authorField));
  const named = state.update({ effects: setNames.of(new Map([[1, { name: 'Ann', color: 2 }]])) }).state;
  expect(named.field(authorField).names.get(1)?.name).toBe('Ann');
});

it('[page] what several wrote in one step is of each of them', () => {
  const several = start('ab').update({
    changes: [
      { from: 1, insert: 'xy' },
      { from: 2, insert: '!' },
    ],
    annotations: [
      remote.of(null),
      remoteParts.of([
        { op: [1, 'x'], author: 3 },
        { op: [3, '!'], author: 4 },
        { op: [2, 'y'], author: 5 },
      ]),
    ],
  }).state;
  expect(several.doc.toString()).toBe('axyb!');
  expect([0, 1, 2, 3, 4].map((at) => main(several, at, at + 1))).toEqual([1, 3, 5, 1, 4]);
});
