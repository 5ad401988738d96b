import type { Row } from './database.ts';
import { tryHold } from './hold.ts';
import { removeRecord, rows } from './records.ts';

/** Rooms whose last known text stays for reading without a network. */
const MOST_ROOMS = 50;
/** UTF-16 units of their texts in all: 20 MB as browsers keep them. */
const MOST_UNITS = 10_000_000;

/** Removes the last known texts of rooms that were not visited for long. Edits without an acknowledgement always stay. */
export async function pruneRecords(): Promise<void> {
  for (const { client } of superfluous(await rows())) {
    const hold = await tryHold(client);
    // A living page has it.
    if (hold === null) continue;
    try {
      await removeRecord(client);
    } finally {
      hold.release();
    }
  }
}

/** Which rows to remove: for each room all but the newest, and then the oldest rooms beyond the bounds. */
export function superfluous(all: readonly Row[]): Row[] {
  const settled = all.filter((row) => !row.pending).sort((a, b) => b.savedAt - a.savedAt);
  const seen = new Set<string>();
  let units = 0;
  return settled.filter((row) => {
    if (seen.has(row.token)) return true;
    seen.add(row.token);
    units += row.units;
    return seen.size > MOST_ROOMS || units > MOST_UNITS;
  });
}
