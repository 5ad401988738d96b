import { describe, expect, it } from 'vitest';
import { apply, fitOp } from '../../lib/ot/index.ts';
import { seededRandom } from '../../lib/testing/index.ts';
import { randomLog } from '../testing/random-log.ts';
import { Undo } from './undo.ts';

const CASES = Array.from({ length: 250 }, (_, index) => index + 1);

function undone(seed: number) {
  const random = seededRandom(seed);
  const log = randomLog(random, 10 + random.int(50), 4);
  const since = random.int(log.entries.length);
  const authors = new Set(random.int(3) === 0 ? [1, 2] : [1]);
  const undo = new Undo(log.texts[since] ?? '', authors);
  for (const entry of log.entries.slice(since)) undo.add(entry);
  const now = log.texts.at(-1) ?? '';
  expect(fitOp(undo.op, now)).toBeNull();
  return { ...log, since, authors, undo, now, after: apply(now, undo.op) };
}

describe('taking back what somebody did', () => {
  it('removes what they wrote since, brings back what they deleted, and keeps all that others wrote', () => {
    for (const seed of CASES) {
      const { letters, since, authors, after } = undone(seed);
      const stands = new Set(after);
      expect(stands.size).toBe(after.length);
      const wanted = [...letters].filter(([, { author, rev, deleted }]) => {
        const isTheirs = authors.has(author) && rev > since;
        const deletedByOthers = deleted !== null && !(authors.has(deleted.author) && deleted.rev > since);
        return !isTheirs && !deletedByOthers;
      });
      expect([seed, stands]).toEqual([seed, new Set(wanted.map(([letter]) => letter))]);
    }
  });

  it('keeps what stays in its order', () => {
    for (const seed of CASES) {
      const { texts, since, now, after } = undone(seed);
      for (const before of [now, texts[since] ?? '']) {
        expect(only(after, before)).toBe(only(before, after));
      }
    }
  });

  it('is the text as it was if nobody else did anything', () => {
    for (const seed of CASES.slice(0, 100)) {
      const { entries, texts } = randomLog(seededRandom(seed), 30, 1);
      const undo = new Undo(texts[12] ?? '', new Set([1]));
      for (const entry of entries.slice(12)) undo.add(entry);
      expect(apply(texts[30] ?? '', undo.op)).toBe(texts[12]);
      expect(undo.changes).toBe(18);
    }
  });

  it('is nothing for somebody who did nothing', () => {
    const { entries, texts } = randomLog(seededRandom(5), 20, 2);
    const undo = new Undo('', new Set([7]));
    for (const entry of entries) undo.add(entry);
    expect([undo.op, undo.changes]).toEqual([[], 0]);
    expect(undo.segments()).toEqual([{ kind: 'same', text: texts[20], author: 0, at: 0 }]);
  });

  it('shows what it takes back, and whose doing it was', () => {
    for (const seed of CASES) {
      const { letters, undo, now, after, since, authors } = undone(seed);
      const segments = undo.segments();
      const read = (kind: string) =>
        segments.flatMap((one) => (one.kind === kind || one.kind === 'same' ? one.text : []));
      expect(read('removed').join('')).toBe(now);
      expect(read('added').join('')).toBe(after);
      for (const { kind, text, author, at } of segments) {
        if (kind === 'same') continue;
        const marks = Array.from(text, (letter) => {
          const fact = letters.get(letter);
          return kind === 'removed' ? fact : fact?.deleted;
        });
        expect(authors.has(author)).toBe(true);
        expect(new Set(marks.map((mark) => mark?.author))).toEqual(new Set([author]));
        expect(at).toBe(Math.max(...marks.map((mark) => mark?.rev ?? 0)) * 10);
        expect(at).toBeGreaterThan(since * 10);
      }
    }
  });
});

/** The letters of `text` that `other` has too. */
function only(text: string, other: string): string {
  return Array.from(text)
    .filter((letter) => other.includes(letter))
    .join('');
}
