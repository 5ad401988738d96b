/**
 * A process for crash.test.ts to kill: `crash-child.ts <folder>` opens the folder's storage, says `open`, and then
 * appends to its rooms as fast as it can, now and then as somebody new, saying `<room> <revision>` for each acknowledged append. If the folder is
 * refused it says why, and ends with code 3.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Batch } from '../storage.ts';
import { createSqliteStorage } from './sqlite.ts';

/** Rooms that append at the same time, so that the commits are groups. */
const ROOMS = 5;
/** Batches that somebody writes until the next one comes. */
const BATCHES_EACH = 4;
const CHILD_EXIT_REFUSED = 3;

/** The first batch of a room records its lineage. */
function withYjs({ entries, settled }: Batch): Batch {
  const batch = { entries: entries.map((entry) => ({ ...entry, yjs: Uint8Array.of(0, entry.rev) })), settled };
  return entries[0]?.rev === 1 ? { ...batch, lineage: { root: 'text' } } : batch;
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

try {
  const storage = await createSqliteStorage(process.argv[2] ?? '');
  say('open');
  await Promise.all(
    Array.from({ length: ROOMS }, async (_, index) => {
      const id = `room-${index}`;
      const who = (client: string) => ({ client, person: '', name: '', color: 1, kind: 'ot' as const, link: 0 });
      await storage.createRoom({
        id,
        epoch: id,
        shard: '',
        title: '',
        language: '',
        createdAt: 1,
        links: [],
        authors: [{ ...who('first'), author: 1 }],
      });
      let rev = (await storage.loadRoom(id))?.entries.at(-1)?.rev ?? 0;
      let author = 1;
      for (let batches = 1; ; batches++) {
        if (batches % BATCHES_EACH === 0) ({ author } = await storage.openAuthor(id, who(`since-${rev}`)));
        // Three at a time: a batch must come back whole or not at all, with the bytes that every second room's have.
        const entries = [1, 2, 3].map((step) => ({ rev: rev + step, author, seq: rev + step, at: 1, op: ['x'] }));
        const batch = { entries, settled: [] };
        // By the journal's files where they are taken, which is a write that nobody waits for.
        const isIn = index % 2 === 0 && storage.appendNow?.([{ room: id, batch }])[0] === true;
        await turn();
        const result = isIn
          ? { ok: true as const }
          : await storage.append(id, index % 2 === 0 ? batch : withYjs(batch));
        if (!result.ok) throw new Error(`Conflict at revision ${rev + 1} of ${id}, with the newest ${result.rev}.`);
        rev += 3;
        say(`${id} ${rev}`);
      }
    }),
  );
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = CHILD_EXIT_REFUSED;
}
