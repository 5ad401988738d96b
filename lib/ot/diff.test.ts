import { describe, expect, it } from 'vitest';
import type { SeededRandom } from '../testing/seeded-random.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { apply, checkOp, diff, fitOp, maxParts, weight } from './index.ts';
import type { Op } from './index.ts';

/** Lines of made-up words, `length` units of them. */
function prose(random: SeededRandom, length: number, lineEnd = '\n'): string {
  const words = Array.from({ length: 3_000 }, () => letters(random, 2 + random.int(8)));
  const out: string[] = [];
  for (let written = 0, column = 0; written < length;) {
    const word = random.pick(words) + (column > 70 ? lineEnd : ' ');
    column = column > 70 ? 0 : column + word.length;
    written += word.length;
    out.push(word);
  }
  return out.join('').slice(0, length);
}

function letters(random: SeededRandom, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(97 + random.int(26))).join('');
}

/** The text with `count` places replaced by a few letters, and the units that this took. */
function scattered(random: SeededRandom, text: string, count: number): { text: string; changed: number } {
  const places = Array.from({ length: count }, () => random.int(text.length)).sort((a, b) => a - b);
  let result = '';
  let position = 0;
  let changed = 0;
  for (const place of places) {
    if (place < position) continue;
    const inserted = letters(random, random.int(8));
    const removed = random.int(5);
    result += text.slice(position, place) + inserted;
    position = Math.min(text.length, place + removed);
    changed += inserted.length + removed;
  }
  return { text: result + text.slice(position), changed };
}

function correct(before: string, after: string): Op {
  const op = diff(before, after);
  expect(checkOp(op) ?? fitOp(op, before)).toBeNull();
  expect(apply(before, op) === after).toBe(true);
  return op;
}

describe('diff', () => {
  it.each([
    ['', '', []],
    ['abc', 'abc', []],
    ['', 'abc', ['abc']],
    ['abc', '', [-3]],
    ['abc', 'axc', [1, 'x', -1]],
    ['aaa', 'aaaa', [3, 'a']],
    ['one two three', 'one 2 three', [4, '2', -3]],
    ['the cat sat', 'a cat sat down', ['a', -3, 8, ' down']],
  ])('from %j to %j', (before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });

  it.each([
    ['pairs with the same first half', 'a😀b', 'a😁b', [1, '😁', -2]],
    ['pairs with the same second half', 'a😀b', 'a🤀b', [1, '🤀', -2]],
    ['a pair gone before its like', '😀😁', '😁', [-2]],
    ['half of one and half of the next', '😀😀', '😁🤀', ['😁🤀', -4]],
  ])('[P6] takes whole pairs: %s', (_, before, after, expected) => {
    expect(correct(before, after)).toEqual(expected);
  });

  it('finds the shortest edit of short texts, as the table of all common subsequences has it', () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const random = seededRandom(seed);
      const [before, after] = [letters(random, random.int(12)), letters(random, random.int(12))].map((text) =>
        text.replace(/[d-z]/g, 'a'),
      );
      if (before === undefined || after === undefined) continue;
      const common = longestCommon(before, after);
      expect(weight(correct(before, after)), `seed ${seed}`).toBe(before.length + after.length - 2 * common);
    }
  });

  it('keeps edits in a megabyte small: scattered, in one long line, in lines that are all indented', () => {
    const random = seededRandom(1);
    const text = prose(random, 1_000_000);
    const few = scattered(random, text, 20);
    expect(weight(correct(text, few.text))).toBeLessThanOrEqual(few.changed);
    const many = scattered(random, text, 2_000);
    expect(weight(correct(text, many.text))).toBeLessThanOrEqual(many.changed * 1.05);
    const line = prose(random, 1_000_000, ' ');
    const inLine = scattered(random, line, 2_000);
    expect(weight(correct(line, inLine.text))).toBeLessThanOrEqual(inLine.changed * 1.05);
    const lines = prose(random, 200_000);
    const indented = lines.replaceAll('\n', '\n  ');
    expect(weight(correct(lines, indented))).toBe(indented.length - lines.length);
  });

  it('[P9] has no more parts than an op may have', () => {
    const text = prose(seededRandom(2), 1_000_000);
    expect(weight(correct(text, text.replaceAll('\n', '\n  ')))).toBeLessThan(1_900_000);
    const lines = Array.from({ length: 20_000 }, (_, index) => `- line ${10_000 + index}\n`).join('');
    const op = correct(lines, lines.replaceAll(/- (line \d+[02468])/g, '* $1'));
    expect(op.length).toBeGreaterThan(maxParts - 3);
    expect(weight(op)).toBeLessThan(1.7 * lines.length);
  });

  it('[P9] gives in soon where texts differ wholly, or repeat themselves', () => {
    const random = seededRandom(3);
    correct(prose(random, 1_000_000), prose(random, 1_000_000));
    correct('a'.repeat(1_000_000), 'ab'.repeat(500_000));
    correct('\n'.repeat(1_000_000), 'x\n'.repeat(500_000));
    expect(weight(correct('a'.repeat(1_000_000), 'b' + 'a'.repeat(999_700) + 'b'))).toBe(302);
  }, 10_000);
});

function longestCommon(before: string, after: string): number {
  let row = Array.from({ length: after.length + 1 }, () => 0);
  for (const unit of before) {
    const next = [0];
    for (let at = 0; at < after.length; at++) {
      next.push(unit === after.charAt(at) ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return row[after.length] ?? 0;
}
