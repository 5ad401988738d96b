import { describe, expect, it } from 'vitest';
import { initials } from './initials.ts';

describe('[page] initials', () => {
  it.each([
    ['Jonas', 'Jo'],
    ['Quiet Heron', 'Qu'],
    ['  ann ', 'An'],
    ['Q', 'Q'],
    ['Ó Briain', 'Ó'],
    ['👩‍💻 Ada', '👩‍💻'],
    ['李小龙', '李'],
    ['', '?'],
  ])('%j → %j', (name, wanted) => {
    expect(initials(name)).toBe(wanted);
  });
});
