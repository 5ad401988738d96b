import { Text } from '@codemirror/state';
import { expect, it } from 'vitest';
import { countText } from './count-text.ts';

const count = (text: string) => countText(Text.of(text.split('\n')), () => true);

it.each([
  ['', 0, 0],
  ['one two  three\n', 3, 14],
  ["don't well-known", 2, 16],
  ['# - * []', 0, 8],
  ['naïve Ünïcode 42', 3, 16],
  ['nai\u0308ve', 1, 5],
  ['你好 world', 3, 8],
  ['さよなら', 4, 4],
  ['안녕 세상', 2, 5],
  ['👩‍👩‍👧 🇩🇪 👍🏽', 0, 5],
  ['Привет, мир', 2, 11],
  ['สวัสดีชาวโลก', 3, 10],
  ['𠮷野', 2, 2],
])('[page] %j has %i words and %i characters', (text, words, characters) => {
  expect(count(text)).toEqual({ words, characters });
});

it('[page] goes on where it stopped, and counts only what changed', () => {
  let doc = Text.of(Array.from({ length: 20_000 }, (_, index) => `Line ${index} 👋`));
  let calls = 0;
  const once = () => {
    let left = 10;
    let done = null;
    while (done === null) {
      left = 10;
      done = countText(doc, () => {
        calls += 1;
        left -= 1;
        return left > 0;
      });
    }
    return done;
  };
  expect(once().words).toBe(40_000);
  const whole = calls;
  expect(whole).toBeGreaterThan(500);
  doc = doc.replace(100, 100, Text.of([' two more ']));
  calls = 0;
  expect(once().words).toBe(40_002);
  expect(calls).toBeLessThan(10);
  // A selection is made of the same pieces.
  calls = 0;
  const selected = doc.slice(50, doc.length - 50);
  expect(countText(selected, () => ++calls > 0)).not.toBeNull();
  expect(calls).toBeLessThan(10);
});
