import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/seeded-random.ts';
import { cleanText, isClean } from './index.ts';

describe('clean text', () => {
  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb\r', 'a\nb\n'],
    ['\r\r\n\n', '\n\n\n'],
    ['\ud83d', '\ufffd'],
    ['a\ude00b', 'a\ufffdb'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['\ud83d😀', '\ufffd😀'],
  ])('[P6] cleans %j', (text, expected) => {
    expect(isClean(text)).toBe(false);
    expect(cleanText(text)).toBe(expected);
  });

  it('[P6] leaves clean text alone', () => {
    for (const text of ['', 'a\nb', '😀', '👩\u200d👩\u200d👧e\u0301', '\ufffd\ufeff\0']) {
      expect(isClean(text)).toBe(true);
      expect(cleanText(text)).toBe(text);
    }
  });

  it('[P6] gives clean text for anything', () => {
    const units = ['\r', '\n', 'a', '\ud83d', '\ude00'];
    for (let seed = 0; seed < 5_000; seed++) {
      const random = seededRandom(seed);
      const text = Array.from({ length: random.int(8) }, () => random.pick(units)).join('');
      expect(isClean(cleanText(text)), `seed ${seed}`).toBe(true);
      expect(isClean(text), `seed ${seed}`).toBe(!text.includes('\r') && !/\p{Surrogate}/u.test(text));
    }
  });
});
