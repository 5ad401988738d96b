import { describe, expect, it } from 'vitest';
import type { SeededRandom } from '../testing/seeded-random.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { apply, fitOp, replacement, Text } from './index.ts';
import type { Op, TextSnapshot } from './index.ts';
import { randomOp, randomText } from './random-op.ts';

const WORDS = 60;

/** Enough of them that the text has several groups of leaves. */
function longText(random: SeededRandom, length: number): string {
  let text = '';
  while (text.length < length) text += randomText(random, WORDS) + 'latin text\n';
  return text;
}

/** An edit anywhere that fits, from one letter to a good part of the text. */
function anyEdit(random: SeededRandom, text: string): Op {
  const size = random.pick([1, 1, 1, 20, 3_000, 60_000]);
  const from = wholePair(text, random.int(text.length + 1));
  const to = random.int(2) === 0 ? from : wholePair(text, Math.min(text.length, from + random.int(size + 1)));
  const inserted =
    random.int(3) === 0 ? '' : size < 100 ? randomText(random, size) : longText(random, random.int(size));
  return replacement(from, to - from, inserted);
}

function wholePair(text: string, position: number): number {
  const unit = text.charCodeAt(position);
  return unit >= 0xdc00 && unit <= 0xdfff ? position - 1 : position;
}

/** All ways to read agree with the string. */
function expectSame(text: Text | TextSnapshot, expected: string, random: SeededRandom, what: string): void {
  expect(text.length, what).toBe(expected.length);
  expect(text.toString() === expected, what).toBe(true);
  for (let read = 0; read < 20; read++) {
    const from = random.int(expected.length + 1);
    const to = from + random.int(Math.min(expected.length - from, random.pick([2, 50, 30_000])) + 1);
    expect(text.slice(from, to) === expected.slice(from, to), `${what}, slice ${from} ${to}`).toBe(true);
    expect(text.charCodeAt(from), `${what}, unit ${from}`).toBe(expected.charCodeAt(from));
  }
}

describe('Text', () => {
  it.each([1, 2, 3])('[P4] changes like a string, however large or far apart the edits are (seed %i)', (seed) => {
    const random = seededRandom(seed);
    let expected = longText(random, 400_000);
    const text = Text.of(expected);
    const kept: { snapshot: TextSnapshot; expected: string; step: number }[] = [];
    for (let step = 0; step < 400; step++) {
      if (random.int(40) === 0) kept.push({ snapshot: text.snapshot(), expected, step });
      const op = expected.length > 1_500_000 ? replacement(0, 1_400_000, '') : anyEdit(random, expected);
      text.apply(op);
      expected = apply(expected, op);
      if (step % 25 === 0) expectSame(text, expected, random, `seed ${seed}, step ${step}`);
    }
    expectSame(text, expected, random, `seed ${seed}, end`);
    for (const old of kept) expectSame(old.snapshot, old.expected, random, `seed ${seed}, snapshot at ${old.step}`);
  });

  it('[P4] takes ops of many edits', () => {
    const random = seededRandom(5);
    let expected = longText(random, 30_000);
    const text = Text.of(expected);
    for (let step = 0; step < 500; step++) {
      const [op, after] = randomOp(random, expected);
      text.apply(op);
      expected = after;
    }
    expectSame(text, expected, random, 'end');
  });

  it('[P4] can be typed, and be emptied from either end', () => {
    const text = Text.of('');
    const typed = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
    for (let at = 0; at < typed.length; at++) text.apply(replacement(at, 0, typed.charAt(at)));
    expect(text.toString()).toBe(typed);
    const copy = Text.of(text.toString());
    for (let at = typed.length - 1; at >= 0; at--) {
      text.apply(replacement(at, 1, ''));
      copy.apply([-1]);
      if (at % 1_000 === 1) expect(copy.toString() === typed.slice(typed.length - at), `${at} left`).toBe(true);
    }
    expect([text.length, text.toString(), copy.length, copy.toString()]).toEqual([0, '', 0, '']);
    copy.apply(['again']);
    expect(copy.toString()).toBe('again');
  });

  it.each(['from the end', 'from the start', 'from the middle'])('[P4] can be emptied in large bites %s', (where) => {
    const random = seededRandom(7);
    let expected = longText(random, 1_000_000).replace(/[\ud800-\udfff]/g, '');
    const text = Text.of(expected);
    while (expected.length > 0) {
      const size = Math.min(expected.length, 1 + random.int(50_000));
      const at = { 'from the end': 1, 'from the start': 0, 'from the middle': 0.5 }[where] ?? 0;
      const op = replacement(Math.floor((expected.length - size) * at), size, '');
      text.apply(op);
      expected = apply(expected, op);
      expectSame(text, expected, random, `${expected.length} left`);
    }
    expect(text.toString()).toBe('');
  });

  it('[P9] joins what deleting leaves, so that a text which was long has few leaves and none is empty', () => {
    const random = seededRandom(8);
    const text = Text.of('latin text\n'.repeat(50_000));
    while (text.length > 60_000) {
      const removed = 1 + random.int(30);
      text.apply(replacement(random.int(text.length - removed), removed, ''));
    }
    const lengths = Array.from(text.chunks(), (chunk) => chunk.length);
    expect(Math.min(...lengths)).toBeGreaterThan(0);
    expect(lengths.length).toBeLessThan(120);
  });

  it('refuses an op that reaches beyond it, by the numbers, and stays as it was', () => {
    const text = Text.of('abc');
    expect(() => text.apply(['x', -1, 3, 'y'])).toThrow(new RangeError('Op reaches to unit 4 of a text of 3'));
    expect(text.toString()).toBe('abc');
    expect(text.snapshot().length).toBe(3);
  });

  it('reads nothing outside of it', () => {
    const text = Text.of('abc');
    expect([text.charCodeAt(-1), text.charCodeAt(3), Text.of('').charCodeAt(0)]).toEqual([NaN, NaN, NaN]);
    expect([text.slice(1, 1), text.slice(3, 3), text.slice(0, 3)]).toEqual(['', '', 'abc']);
  });

  it('gives the same snapshot until it changes', () => {
    const text = Text.of('abc');
    const first = text.snapshot();
    text.apply([]);
    expect(text.snapshot()).toBe(first);
    text.apply([3, 'd']);
    expect(text.snapshot()).not.toBe(first);
    expect([first.toString(), text.snapshot().toString()]).toEqual(['abc', 'abcd']);
  });

  it('[P6] gives chunks that never end inside a surrogate pair, as long as the ops fit', () => {
    const random = seededRandom(6);
    let expected = '😀'.repeat(100_000);
    const text = Text.of('x' + expected);
    expected = 'x' + expected;
    for (let step = 0; step < 120; step++) {
      const op = anyEdit(random, expected);
      expect(fitOp(op, text)).toBeNull();
      text.apply(op);
      expected = apply(expected, op);
    }
    const chunks = [...text.snapshot().chunks()];
    expect(chunks.length).toBeGreaterThan(10);
    for (const chunk of chunks) expect(/\p{Surrogate}/u.test(chunk)).toBe(false);
    expect(chunks.join('') === expected).toBe(true);
  });
});
