import { ChangeSet, Text } from '@codemirror/state';
import { expect, it } from 'vitest';
import { renderedText } from './rendered-text.ts';
import { tickIn } from './tick-task.ts';

it.each<[string, { at: number; letter: string } | null]>([
  ['- [ ] a', { at: 3, letter: 'x' }],
  ['- [x] a', { at: 3, letter: ' ' }],
  ['  * [X] a', { at: 5, letter: ' ' }],
  ['12. [ ] a', { at: 5, letter: 'x' }],
  ['> > - [ ] a', { at: 7, letter: 'x' }],
  ['- - [ ] a', { at: 5, letter: 'x' }],
  ['- a [ ]', null],
  ['[ ] a', null],
  ['', null],
])('[preview] ticks %s', (line, change) => {
  expect(tickIn(line)).toEqual(change);
});

it('[preview] finds a line of what is shown in a text that went on', () => {
  const text = renderedText();
  expect(text.startOf(0)).toBe(null);
  text.asked(Text.of(['one', 'two', 'three']));
  text.shown();
  expect(text.startOf(1)).toBe(4);
  text.changed(ChangeSet.of({ from: 0, insert: 'new\n' }, 13));
  expect(text.startOf(1)).toBe(8);
  // The next rendering is on its way: until it is shown, the old one counts.
  text.asked(Text.of(['new', 'one', 'two', 'three']));
  text.changed(ChangeSet.of({ from: 0, insert: '!' }, 17));
  expect(text.startOf(1)).toBe(9);
  text.shown();
  expect(text.startOf(1)).toBe(5);
  expect(text.startOf(9)).toBe(null);
});
