import { describe, expect, it } from 'vitest';
import { replacement, Text } from '../../../lib/ot/index.ts';
import { randomOp } from '../../../lib/ot/random-op.ts';
import { seededRandom } from '../../../lib/testing/index.ts';
import type { PackedEntry } from './pack-form.ts';
import { pack } from './pack-writer.ts';
import { expand, squeezeNow } from './squeeze.ts';
import { unpack, type Unpacked } from './unpack.ts';

function everything(opened: Unpacked): PackedEntry[] {
  return Array.from({ length: opened.length }, (_, index) => opened.entry(index));
}

/** A log as several people make one: runs of letters, ops of many edits, clocks that are set back. */
function randomLog(seed: number, length: number): { entries: PackedEntry[]; text: string } {
  const random = seededRandom(seed);
  const text = Text.of('');
  const seqs = [0, 0, 0];
  let at = 1_700_000_000_000;
  let cursor = 0;
  const entries = Array.from({ length }, () => {
    const author = random.int(3);
    seqs[author] = (seqs[author] ?? 0) + 1 + (random.int(9) === 0 ? random.int(1_000) : 0);
    at += random.int(50) === 0 ? -random.int(100_000) : random.int(300);
    cursor = Math.min(cursor + 1, text.length);
    const op = random.int(3) === 0 ? randomOp(random, text.toString())[0] : replacement(cursor, 0, 'x');
    text.apply(op);
    return { author: author + 1, seq: seqs[author] ?? 0, at, op };
  });
  return { entries, text: text.toString() };
}

describe('a pack', () => {
  it('[P1] gives back every entry of any log exactly, and the text beside it', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { entries, text } = randomLog(seed, seed * 7);
      const kept = seed % 2 === 0 ? text : null;
      const opened = unpack(expand(squeezeNow(pack(entries, kept))));
      expect(everything(opened)).toEqual(entries);
      // In UTF-8, which knows no halves of pairs.
      expect(opened.text()).toBe(kept && Buffer.from(kept, 'utf8').toString('utf8'));
      for (const [index, { author, at }] of entries.entries()) expect(opened.mark(index)).toMatchObject({ author, at });
    }
  });

  it('[P1] gives back what columns cannot say', () => {
    const one = { author: 1, seq: 1, at: 1, op: ['a'] };
    const strange: PackedEntry[] = [
      { ...one, op: ['a', 'b'] },
      { ...one, op: [0, 'a'] },
      { ...one, op: ['a', 3] },
      { ...one, op: [3] },
      { ...one, op: [1.5, 'a'] },
      { ...one, op: [2 ** 40, 'a'] },
      { ...one, op: [2, -1, 'a'] },
      { ...one, op: ['\ud83d'] },
      { ...one, seq: Number.MAX_SAFE_INTEGER },
      { ...one, at: -Number.MAX_SAFE_INTEGER },
    ];
    for (const entry of strange) {
      const entries = [one, entry, one];
      const opened = unpack(pack(entries, 'a text'));
      expect(everything(opened), JSON.stringify(entry)).toEqual(entries);
      expect([opened.text(), opened.mark(1)]).toMatchObject(['a text', { author: 1, at: entry.at }]);
    }
  });

  it('keeps ops that change nothing, empty texts, and marks that look like a byte order', () => {
    const entries = [
      { author: 9, seq: 7, at: 0, op: [] },
      { author: 2, seq: 5, at: 0, op: ['\ufeff\0\n😀'] },
    ];
    const opened = unpack(pack(entries, ''));
    expect(everything(opened)).toEqual(entries);
    expect(opened.text()).toBe('');
    expect(everything(unpack(pack([])))).toEqual([]);
  });

  it('takes next to nothing for one who types', () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({
      author: 1,
      seq: index + 1,
      at: 1_700_000_000_000 + index * 200,
      op: replacement(index, 0, 'x'),
    }));
    expect(pack(entries).length).toBeLessThan(10_100);
    expect(squeezeNow(pack(entries)).length).toBeLessThan(100);
  });

  it('says so beyond its end, and of bytes that are none of its own', () => {
    for (const bytes of [
      pack([{ author: 1, seq: 1, at: 1, op: ['a'] }]),
      pack([{ author: 1, seq: 1, at: 1, op: [''] }]),
    ]) {
      expect(() => unpack(bytes).entry(1)).toThrow(RangeError);
      expect(() => unpack(bytes).mark(-1)).toThrow(RangeError);
    }
    expect(() => unpack(Uint8Array.of(1, 9))).toThrow('newer version');
    expect(() => unpack(Uint8Array.of())).toThrow(RangeError);
  });
});
