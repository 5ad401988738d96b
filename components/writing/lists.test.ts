import { EditorState, type StateCommand } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { indentItems, outdentItems } from './lists.ts';
import { toggleTask } from './task.ts';

/** The text after `command` with the selection between the two `|`, or at the one. Null if the key is left to others. */
function after(command: StateCommand, marked: string): string | null {
  const anchor = marked.indexOf('|');
  const head = marked.lastIndexOf('|');
  const doc = marked.replaceAll('|', '');
  const state = EditorState.create({ doc, selection: { anchor, head: head === anchor ? anchor : head - 1 } });
  let result: string | null = null;
  const taken = command({ state, dispatch: (transaction) => (result = transaction.newDoc.toString()) });
  return taken ? result : null;
}

describe('[page] Tab in a list', () => {
  it('takes an item under the words of the one above, and the numbers follow', () => {
    expect(after(indentItems, '- a\n- |b')).toBe('- a\n  - b');
    expect(after(indentItems, '1. a\n2. b|\n3. c')).toBe('1. a\n   1. b\n2. c');
    expect(after(indentItems, '1. a\n   1. x\n2. b|\n3. c')).toBe('1. a\n   1. x\n   2. b\n2. c');
    expect(after(indentItems, '> - a\n> - b|')).toBe('> - a\n>   - b');
  });

  it('takes every selected item', () => {
    expect(after(indentItems, '- a\n- |b\n- c|')).toBe('- a\n  - b\n  - c');
  });

  it('leaves the first item, and other text, to others', () => {
    expect(after(indentItems, '- |a\n- b')).toBe(null);
    expect(after(indentItems, 'plain|')).toBe(null);
    expect(after(indentItems, '- a\n- b|\n\nwords|')).toBe(null);
  });

  it('comes out with Shift beside its parent', () => {
    expect(after(outdentItems, '- a\n  - b|')).toBe('- a\n- b');
    expect(after(outdentItems, '1. a\n   1. x\n   2. y|\n   3. z\n2. b')).toBe('1. a\n   1. x\n2. y\n   1. z\n3. b');
    expect(after(outdentItems, '- a|')).toBe(null);
  });
});

describe('[page] tasks', () => {
  it('are ticked and unticked', () => {
    expect(after(toggleTask, '- [ ] wash|')).toBe('- [x] wash');
    expect(after(toggleTask, '1. [x] |wash\n2. [ ] iron|')).toBe('1. [ ] wash\n2. [x] iron');
    expect(after(toggleTask, '- wash|')).toBe(null);
  });
});
