import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/testing/index.ts';
import { Changes } from './changes.ts';
import { randomLog } from '../testing/random-log.ts';
import type { Segment } from './segments.ts';

const join = (segments: readonly Segment[], kinds: readonly Segment['kind'][]): string =>
  segments
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('');

describe('changes between two revisions', () => {
  it('lead from the one text to the other, with who did it', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const { entries, texts, letters } = randomLog(random, 40, 3);
      const from = random.int(40);
      const to = from + random.int(41 - from);
      const changes = new Changes(texts[from] ?? '');
      for (const entry of entries.slice(from, to)) changes.add(entry);
      const segments = changes.segments();
      expect(join(segments, ['same', 'removed'])).toBe(texts[from]);
      expect(join(segments, ['same', 'added'])).toBe(texts[to]);
      for (const { kind, text, author, at } of segments) {
        const facts = Array.from(text, (letter) => letters.get(letter));
        const marks = facts.map((fact) => (kind === 'removed' ? fact?.deleted : fact));
        if (kind === 'same') expect([author, at]).toEqual([0, 0]);
        else expect(new Set(marks.map((mark) => mark?.author))).toEqual(new Set([author]));
        if (kind === 'same') continue;
        const revs = marks.map((mark) => mark?.rev ?? 0);
        expect(revs.every((rev) => rev > from && rev <= to)).toBe(true);
        expect(at).toBe(Math.max(...revs) * 10);
      }
    }
  });

  it('show what was removed before what came in its place, and nothing that only passed', () => {
    const changes = new Changes('one two three');
    changes.add({ op: [4, 'deux', -3], author: 1, at: 1 });
    changes.add({ op: [8, ' x'], author: 2, at: 2 });
    changes.add({ op: [8, -2], author: 1, at: 3 });
    changes.add({ op: [14, '!'], author: 2, at: 4 });
    expect(changes.segments()).toEqual([
      { kind: 'same', text: 'one ', author: 0, at: 0 },
      { kind: 'removed', text: 'two', author: 1, at: 1 },
      { kind: 'added', text: 'deux', author: 1, at: 1 },
      { kind: 'same', text: ' three', author: 0, at: 0 },
      { kind: 'added', text: '!', author: 2, at: 4 },
    ]);
  });

  it('refuse an entry that does not fit', () => {
    expect(() => new Changes('ab').add({ op: [3, 'x'], author: 1, at: 1 })).toThrow(RangeError);
  });
});
