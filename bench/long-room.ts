import { mkdirSync } from 'node:fs';
import { randomEdit } from '../e2e/harness/random-edit.ts';
import { freshToken } from '../e2e/harness/tokens.ts';
import { Text } from '../lib/ot/index.ts';
import { seededRandom } from '../lib/testing/index.ts';
import { createSqliteStorage } from '../server/storage/sqlite/sqlite.ts';
import type { Entry } from '../server/storage/storage.ts';

const AUTHORS = 12;
const BATCH = 500;
/** Between two revisions: 50,000 of them are a month of work. */
export const BETWEEN_MS = 50_000;

/**
 * A room in an own folder as its server would have left it, with its snapshots. `units`: about how long the text is.
 * `snapshotEvery`: revisions from one to the next, in steps of 500. Its next server compresses each of them, 70 ms for 300 KB.
 */
export async function writeLongRoom({
  dataDir,
  token,
  revisions,
  units,
  snapshotEvery = BATCH,
}: {
  dataDir: string;
  token: string;
  revisions: number;
  units: number;
  snapshotEvery?: number;
}): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const storage = await createSqliteStorage(dataDir);
  const random = seededRandom(1);
  const id = freshToken();
  await storage.createRoom({
    id,
    epoch: freshToken(),
    shard: '00000000',
    title: 'Long',
    language: 'Markdown',
    createdAt: 0,
    links: [{ token, role: 'edit' }],
    authors: Array.from({ length: AUTHORS }, (_, index) => ({
      author: index + 1,
      client: freshToken(),
      person: '',
      name: `Author ${index + 1}`,
      color: index + 1,
      kind: 'ot',
      link: 1,
    })),
  });
  const text = Text.of('');
  const seqs = new Map<number, number>();
  let author = 1;
  for (let rev = 1; rev <= revisions;) {
    const entries: Entry[] = [];
    for (; entries.length < BATCH && rev <= revisions; rev++) {
      if (random.int(30) === 0) author = 1 + random.int(AUTHORS);
      const seq = (seqs.get(author) ?? 0) + 1;
      seqs.set(author, seq);
      const op = rev === 1 ? ['All that was ever written here.\n'.repeat(units / 32)] : randomEdit(random, text);
      text.apply(op);
      entries.push({ rev, author, seq, at: rev * BETWEEN_MS, op });
    }
    await storage.append(id, { entries, settled: [] });
    if ((rev - 1) % snapshotEvery === 0) await storage.saveSnapshot(id, { rev: rev - 1, text: text.toString() });
  }
  await storage.close();
}
