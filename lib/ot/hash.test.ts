import { describe, expect, it } from 'vitest';
import { fnv1a, Text } from './index.ts';

describe('fnv1a', () => {
  it('[P4] gives the published value for no bytes, and eight digits always', () => {
    expect(fnv1a('')).toBe('811c9dc5');
    expect(fnv1a([])).toBe('811c9dc5');
    for (let unit = 0; unit < 2_000; unit++) expect(fnv1a(String.fromCharCode(unit))).toMatch(/^[0-9a-f]{8}$/);
  });

  it('[P4] takes each unit low byte first, by the algorithm worked out with big integers', () => {
    const slow = (text: string) => {
      let hash = 0x811c9dc5n;
      for (const byte of Buffer.from(text, 'utf16le')) hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
      return hash.toString(16).padStart(8, '0');
    };
    for (const text of ['a', 'abc\n', 'é漢😀', '\u0100', '\u0001']) expect(fnv1a(text)).toBe(slow(text));
  });

  it('[P4] does not depend on how the text is cut', () => {
    const text = 'a😀b漢'.repeat(5_000);
    expect(fnv1a(['a😀b', '', text.slice(4)])).toBe(fnv1a(text));
    expect(fnv1a(Text.of(text).chunks())).toBe(fnv1a(text));
  });
});
