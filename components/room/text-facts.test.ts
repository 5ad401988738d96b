import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { placeOf } from './text-facts.ts';

it('[page] lines and columns count from 1', () => {
  const state = EditorState.create({ doc: 'ab\ncd', selection: { anchor: 4 } });
  expect(placeOf(state)).toEqual({ line: 2, column: 2 });
});
