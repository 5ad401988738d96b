import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/index.ts';
import { cleanNote } from './note-text.ts';

describe('cleanNote', () => {
  it.each([['one'], ['two\nlines'], ['a\n\nparagraph'], ['👩\u200d👩\u200d👧\nשָׁלוֹם']])('leaves %j alone', (text) => {
    expect(cleanNote(text, 100)).toBe(text.normalize('NFC'));
  });

  it.each([
    ['\n\n a \n\n\n\nb\r\nc\rd\u2028e \n', 'a\n\nb\nc\nd\ne'],
    ['a\tb\u0000c', 'a b c'],
    ['a\u202eb', 'ab'],
    ['', '\ufffd'],
    ['\n \u200b\n', '\ufffd'],
  ])('makes of %j %j', (text, clean) => {
    expect(cleanNote(text, 100)).toBe(clean);
  });

  it('is cut between characters, and ends with none of the line ends', () => {
    expect(cleanNote('abc\ndef', 5)).toBe('abc\nd');
    expect(cleanNote('abc\ndef', 4)).toBe('abc');
    expect(cleanNote('abc\n\ndef', 5)).toBe('abc');
    expect(cleanNote('abc\n😀', 5)).toBe('abc');
  });

  it('leaves alone what it has cleaned, and keeps to the length', () => {
    const random = seededRandom(20261127);
    const parts = ['a', '\n', ' ', '\r\n', '😀', '\u0301', '\u200d', '\u0000', '\u2028', 'ﬁ', '\ud83d'];
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: random.int(30) }, () => random.pick(parts)).join('');
      const clean = cleanNote(text, 12);
      expect(cleanNote(clean, 12), JSON.stringify(text)).toBe(clean);
      expect(clean.length).toBeLessThanOrEqual(12);
      expect(clean).toMatch(/^\S([^\r]*\S)?$/u);
    }
  });
});
