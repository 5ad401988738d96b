import { apply, type Op } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import type { Entry } from '../storage/storage.ts';

/** A log in which every letter is another one, so that each can be told apart wherever it ends up. */
export interface RandomLog {
  entries: Entry[];
  /** The text at each revision, from 0 on. */
  texts: string[];
  /** Of each letter: who wrote it in which revision, and who deleted it in which one. */
  letters: Map<string, { author: number; rev: number; deleted: { author: number; rev: number } | null }>;
}

/** The first of as many letters as a test may need. */
const FIRST = 0x4e00;

/** Entries by authors 1 … `authors`, at times 10, 20, 30 …; `length`: how many. Made for tests. */
export function randomLog(random: SeededRandom, length: number, authors: number): RandomLog {
  const log: RandomLog = { entries: [], texts: [''], letters: new Map() };
  let text = '';
  for (let rev = 1; rev <= length; rev++) {
    const author = 1 + random.int(authors);
    const op: (number | string)[] = [];
    let position = 0;
    for (let edits = 1 + random.int(3); edits > 0; edits--) {
      const kept = random.int(text.length - position + 1);
      if (kept === 0 && op.length > 0) continue;
      const at = position + kept;
      const removed = random.int(2) * random.int(Math.min(6, text.length - at) + 1);
      const inserted = random.int(4) === 0 && removed > 0 ? '' : fresh(log, 1 + random.int(4));
      if (kept > 0) op.push(kept);
      if (inserted !== '') op.push(inserted);
      if (removed > 0) op.push(-removed);
      for (const letter of inserted) log.letters.set(letter, { author, rev, deleted: null });
      for (const letter of text.slice(at, at + removed)) mustFind(log, letter).deleted = { author, rev };
      position = at + removed;
    }
    text = apply(text, op satisfies Op);
    log.entries.push({ rev, author, seq: rev, at: rev * 10, op });
    log.texts.push(text);
  }
  return log;
}

function fresh({ letters }: RandomLog, count: number): string {
  return String.fromCharCode(...Array.from({ length: count }, (_, index) => FIRST + letters.size + index));
}

function mustFind({ letters }: RandomLog, letter: string) {
  const found = letters.get(letter);
  if (!found) throw new Error(`Nobody wrote ${letter}.`);
  return found;
}
