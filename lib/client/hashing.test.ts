import { describe, expect, it } from 'vitest';
import { fnv1a, Text } from '../ot/index.ts';
import { Hashing } from './hashing.ts';

const TEXT = 'a😀b漢'.repeat(9_000);

describe('[P4] a hash that is worked out a piece at a time', () => {
  it('is the same, goes on where it was, and takes no more than it may', () => {
    const chunks = [...Text.of(TEXT).chunks()];
    expect(chunks.length).toBeGreaterThan(5);
    const hashing = new Hashing(chunks);
    let asked = 0;
    for (let turn = 0; turn < chunks.length; turn++) {
      expect(hashing.work(() => (asked += 1) > turn)).toBe(null);
      expect(asked).toBe(turn + 1);
    }
    expect(hashing.work(() => true)).toBe(fnv1a(TEXT));
  });

  it('of no text is there at once', () => {
    expect(new Hashing([]).work(() => true)).toBe(fnv1a(''));
  });
});
