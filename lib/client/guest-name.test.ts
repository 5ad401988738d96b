import { describe, expect, it } from 'vitest';
import { MAX_NAME } from '../protocol/index.ts';
import { seededRandom } from '../testing/index.ts';
import { guestName } from './guest-name.ts';
import { toLabel } from './label.ts';

describe('guestName', () => {
  it('is two words, fits, and differs', () => {
    const random = seededRandom(3);
    const names = new Set(Array.from({ length: 200 }, () => guestName(() => random.next())));
    expect(names.size).toBeGreaterThan(100);
    for (const name of names) {
      expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
      expect(name.length).toBeLessThanOrEqual(MAX_NAME);
    }
    expect(guestName(() => 0.999_999_999)).not.toContain('Guest');
  });
});

describe('toLabel', () => {
  it('leaves one printable line, cut to whole characters', () => {
    expect(toLabel('a\r\n\tb', 40)).toBe('a b');
    expect(toLabel('ab😀', 3)).toBe('ab');
    expect(toLabel('ab😀', 4)).toBe('ab😀');
    expect(toLabel('\ud83d', 4)).toBe('\ufffd');
  });
});
