import { isIdentity } from '../../lib/ot/index.ts';
import { StorageRefused, type Batch } from './storage.ts';

/** What an append would do to a log. `settled`: the newest `seq` and revision of every author in the batch, by number. */
export type Judgement =
  { kind: 'fits'; settled: ReadonlyMap<number, { seq: number; rev: number }> } | { kind: 'conflict' };

/**
 * The rules of `Storage.append`, the same for every engine. `head` is the newest revision; `lastSeq` gives the newest
 * settled `seq` of an author, 0 before its first edit, undefined if there is no such author; `hasLineage` is asked only
 * for a batch that has to do with Yjs.
 * Throws `StorageRefused` for a batch that fits no log.
 */
export function judgeBatch(
  head: number,
  batch: Batch,
  lastSeq: (author: number) => number | undefined,
  hasLineage: () => boolean,
): Judgement {
  const first = batch.entries[0];
  if (first !== undefined && first.rev <= head) return { kind: 'conflict' };
  if (first !== undefined && first.rev !== head + 1) {
    throw new StorageRefused(`The log ends at revision ${head}, and the batch begins at ${first.rev}.`);
  }

  const last = new Map<number, number>();
  const settled = new Map<number, { seq: number; rev: number }>();
  const inBatch = new Set<string>();
  let newest = head;
  let late = false;

  function settle(author: number, seq: number, rev: number): void {
    const before = last.get(author) ?? lastSeq(author);
    if (before === undefined) throw new StorageRefused(`The room has no author ${author}.`);
    last.set(author, before);
    if (inBatch.has(`${author}:${seq}`))
      throw new StorageRefused(`Author ${author} has seq ${seq} twice in the batch.`);
    inBatch.add(`${author}:${seq}`);
    if (seq <= before) late = true;
    if (seq > (settled.get(author)?.seq ?? 0)) settled.set(author, { seq, rev });
  }

  const carriesBytes = batch.entries.some(({ yjs }) => yjs);
  if (batch.lineage) {
    if (!carriesBytes) throw new StorageRefused('The batch records a lineage and has no bytes of it.');
    if (hasLineage()) late = true;
  } else if (carriesBytes && !hasLineage()) {
    throw new StorageRefused('The batch has bytes of a lineage that the room does not have.');
  }

  for (const { rev, author, seq, op, yjs } of batch.entries) {
    if (rev !== newest + 1) throw new StorageRefused(`Revision ${rev} follows ${newest} in the batch.`);
    newest = rev;
    if (isIdentity(op) && !yjs) throw new StorageRefused(`Revision ${rev} of the batch changes nothing.`);
    const before = settled.get(author)?.seq ?? 0;
    if (seq < before) throw new StorageRefused(`Author ${author} has seq ${seq} after ${before} in the batch.`);
    settle(author, seq, rev);
  }
  for (const { author, seq, rev } of batch.settled) {
    if (rev > newest) {
      throw new StorageRefused(`Seq ${seq} is settled at revision ${rev}, and the log ends at ${newest}.`);
    }
    settle(author, seq, rev);
  }
  return late ? { kind: 'conflict' } : { kind: 'fits', settled };
}
