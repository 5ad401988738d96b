import { OpBuilder, replacement, type Op } from '../../lib/ot/index.ts';
import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import type { Patch } from './traces.ts';

const LETTERS = 'etaoin shrdlu cmfwyp';

/** An ASCII text of `length` units with a line end every 61. */
export function plainText(length: number): string {
  const line = `${LETTERS}${LETTERS}${LETTERS}\n`;
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}

/** Edits at random places of a text that is `length` units long: half insert 1 to 5 letters, the others delete or replace as many. */
export function randomEdits(count: number, length: number): Patch[] {
  const random = seededRandom(10);
  let now = length;
  return Array.from({ length: count }, () => {
    const kind = random.int(8);
    const inserted = kind < 5 ? LETTERS.slice(0, 1 + random.int(5)) : '';
    const deleted = kind < 4 ? 0 : 1 + random.int(5);
    const at = random.int(now - deleted + 1);
    now += inserted.length - deleted;
    return [at, deleted, inserted] as const;
  });
}

/** Ops of one letter on a text of `length` units, of which seven in ten insert. */
export function oneLetterOps(count: number, length: number, random: SeededRandom): Op[] {
  return Array.from({ length: count }, () =>
    random.int(10) < 7
      ? replacement(random.int(length + 1), 0, LETTERS.charAt(random.int(LETTERS.length)))
      : replacement(random.int(length), 1, ''),
  );
}

/** An op of 400 retains, 400 inserts and 200 deletes on a text of `length` units. */
export function thousandParts(length: number, random: SeededRandom): Op {
  const op = new OpBuilder();
  for (let place = 0; place < 400; place++) {
    op.retain(1 + random.int(Math.floor(length / 210) - 6)).insert(LETTERS.slice(0, 1 + random.int(5)));
    if (place % 2 === 0) op.remove(1 + random.int(5));
  }
  return op.done();
}
