import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { countWords, placeOf } from './text-facts.ts';

it.each([
  ['', 0],
  ['one two  three\n', 3],
  ["don't well-known", 2],
  ['# - * []', 0],
  ['naïve Ünïcode 42', 3],
  ['你好 world', 3],
])('[page] %j has %i words', (text, words) => {
  expect(countWords(text.split('\n'))).toBe(words);
});

it('[page] lines and columns count from 1', () => {
  const state = EditorState.create({ doc: 'ab\ncd', selection: { anchor: 4 } });
  expect(placeOf(state)).toEqual({ line: 2, column: 2 });
});
