import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { readMarks } from '../writing/list-lines.ts';
import { continueMarks, nextMarks } from './continue-marks.ts';

it.each([
  ['- one', '- '],
  ['  * one', '  * '],
  ['9. nine', '10. '],
  ['1) one', '2) '],
  ['- [x] done', '- [ ] '],
  ['> said', '> '],
  ['>said', '> '],
  ['> - said', '> - '],
  ['* * *', null],
  ['-', null],
  ['1.5 litres', null],
  ['plain', null],
])('[page] after %j comes %j', (text, next) => {
  const marks = readMarks(text);
  expect(marks && nextMarks(marks, 1)).toBe(next);
});

describe('[page] Enter', () => {
  const press = (doc: string, at: number): string | null => {
    let after: string | null = null;
    const state = EditorState.create({ doc, selection: { anchor: at } });
    continueMarks({ state, dispatch: (transaction) => (after = transaction.newDoc.toString()) });
    return after;
  };

  it('goes on with a list', () => {
    expect(press('- one', 5)).toBe('- one\n- ');
    expect(press('- one two', 5)).toBe('- one\n-  two');
  });

  it('ends a list in an empty item', () => {
    expect(press('- one\n- ', 8)).toBe('- one\n');
    expect(press('- [ ] ', 6)).toBe('');
  });

  it('counts on after an item that comes between', () => {
    expect(press('1. a\n2. b\n   - in b\n3. c', 4)).toBe('1. a\n2. \n3. b\n   - in b\n4. c');
    expect(press('9. a\n10. b\n\nText\n11. c', 4)).toBe('9. a\n10. \n11. b\n\nText\n11. c');
  });

  it('leaves numbers alone that are all the same', () => {
    expect(press('1. a\n1. b\n1. c', 9)).toBe('1. a\n1. b\n1. \n1. c');
  });

  it('comes out of a list in a list', () => {
    expect(press('1. a\n   - b\n   - \n2. c', 17)).toBe('1. a\n   - b\n2. \n3. c');
    expect(press('> - a\n> - ', 10)).toBe('> - a\n> ');
  });

  it('is left to others in plain text and before the marks', () => {
    expect(press('plain', 5)).toBe(null);
    expect(press('- one', 0)).toBe(null);
  });
});
