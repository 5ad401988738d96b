import { type Op, OpBuilder } from '../lib/ot/index.ts';
import { seededRandom } from '../lib/testing/index.ts';
import { comeBack, pagesOf, wanderingOps } from './engine/come-back.ts';

/**
 * A client that comes back 100,000 revisions behind, with edits in many separate places that were never sent: how long the
 * longest turn of its event loop takes, and how long all of it. `npx tsx bench/long-offline.ts [revisions]`. The network
 * costs nothing here: every page is there at once, which is the worst case. Times are milliseconds.
 */
const REVISIONS = Number(process.argv[2] ?? 100_000);
const PLACES = [0, 100, 5_000];
const TEXT = 'The quick brown fox jumps over the lazy dog.\n'.repeat(2_500);

/** One letter in each of `places` places. */
function letters(places: number): Op[] {
  if (places === 0) return [];
  const op = new OpBuilder();
  for (let place = 0; place < places; place++) op.retain(Math.floor(TEXT.length / places) - 1).insert('y');
  return [op.done()];
}

const random = seededRandom(1);
const frames = pagesOf(wanderingOps(REVISIONS, TEXT.length, random), random);
// The first run compiles.
await comeBack(TEXT, letters(100), frames, REVISIONS + 1);
for (const places of PLACES) {
  const { longest, turns, work, elapsed } = await comeBack(TEXT, letters(places), frames, REVISIONS + 1);
  console.log(
    `${REVISIONS} revisions, ${places} places: longest turn ${longest.toFixed(1)} ms, ` +
      `${turns} turns, ${Math.round(work)} ms of work in ${Math.round(elapsed)} ms`,
  );
}
