import { expect, it } from 'vitest';
import { excerpt } from './excerpt.ts';
import type { Segment } from './history-types.ts';

const same = (text: string): Segment => ({ kind: 'same', text, author: 0, at: 0 });
const added = (text: string): Segment => ({ kind: 'added', text, author: 1, at: 1 });

it('keeps a line around what changed, and says how much it leaves out', () => {
  const pieces = excerpt([same('a'.repeat(100)), added('new'), same('b'.repeat(200)), added('er'), same('c')], 1000);
  expect(pieces).toEqual([
    { kind: 'gap', length: 40 },
    { kind: 'same', text: 'a'.repeat(60) },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: 'b'.repeat(60) },
    { kind: 'gap', length: 80 },
    { kind: 'same', text: 'b'.repeat(60) },
    { kind: 'added', text: 'er' },
    { kind: 'same', text: 'c' },
  ]);
});

it('ends in a gap where it would be too long, and halves no letter', () => {
  expect(excerpt([added('ab👋cd')], 3)).toEqual([
    { kind: 'added', text: 'ab' },
    { kind: 'gap', length: 4 },
  ]);
  expect(excerpt([added('abc'), same('x'), added('d')], 3)).toEqual([
    { kind: 'added', text: 'abc' },
    { kind: 'gap', length: 2 },
  ]);
});
