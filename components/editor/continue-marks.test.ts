import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { continueMarks, nextMarks } from './continue-marks.ts';

it.each([
  ['- one', '- '],
  ['  * one', '  * '],
  ['9. nine', '10. '],
  ['1) one', '2) '],
  ['- [x] done', '- [ ] '],
  ['> said', '> '],
  ['-', null],
  ['1.5 litres', null],
  ['plain', null],
])('[page] after %j comes %j', (text, next) => {
  expect(nextMarks(text)?.next ?? null).toBe(next);
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

  it('is left to others in plain text and before the marks', () => {
    expect(press('plain', 5)).toBe(null);
    expect(press('- one', 0)).toBe(null);
  });
});
