import { judgeBatch, type Judgement } from '../judge-batch.ts';
import { StorageRefused, type Batch } from '../storage.ts';
import type { Connections, Session, Statement, Value } from './connections.ts';
import { entryColumns } from './entries.ts';
import { stateOf } from './failures.ts';
import { lockRoom } from './room-row.ts';

/**
 * The whole append in one statement. It moves the room's head from the expected one, which waits for whoever holds the
 * row and then looks at it again; settles the authors, each only if all its edits are newer than what is settled; and
 * writes the entries. An author that is unknown or late was not settled, so its entries come without an author, which
 * the table refuses together with the whole statement.
 */
const WRITE: Statement = {
  name: 'append',
  text: `
    with moved as (
      update rooms set head = head + cardinality($4::bigint[])
      where id = $1 and head = $2::bigint and (not $3::boolean or exists (select 1 from lineages where room = $1))
      returning id
    ), settled as (
      update authors set last_seq = s.seq, last_rev = s.rev
      from moved, unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[]) as s (author, oldest, seq, rev)
      where authors.room = moved.id and authors.author = s.author and authors.last_seq < s.oldest
      returning authors.author
    ), written as (
      insert into entries (room, rev, author, seq, at, op, yjs)
      select moved.id, e.rev, settled.author, e.seq, e.at, e.op, e.yjs
      from moved, unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bytea[])
        as e (rev, author, seq, at, op, yjs) left join settled on settled.author = e.author
    )
    select 1 from moved`,
};
const LAST_SEQS: Statement = {
  name: 'last-seqs',
  text: 'select author, last_seq from authors where room = $1 and author = any($2::bigint[])',
};
const HAS_LINEAGE: Statement = { name: 'has-lineage', text: 'select 1 from lineages where room = $1' };
const RECORD_LINEAGE: Statement = {
  name: 'record-lineage',
  text: 'insert into lineages (room, root) values ($1, $2)',
};

/** A column that may not be null was; a key exists. */
const NOT_SETTLED = '23502';
const EXISTS = '23505';

/**
 * `Storage.append`. The usual batch costs one round trip; whatever is unusual, or was not taken, is judged in a
 * transaction that holds the room's row. The caller sees to it that the batch does not change.
 */
export async function append(
  connections: Connections,
  room: string,
  batch: Batch,
): Promise<{ ok: true } | { ok: false; rev: number }> {
  if (await appendAtOnce(connections, room, batch)) return { ok: true };
  return connections.transaction('changing', async (session) => {
    const head = await lockRoom(session, room, 'change');
    const authors = [...batch.entries, ...batch.settled].map(({ author }) => author);
    const rows = await session.all<{ author: number; last_seq: number }>(LAST_SEQS, room, authors);
    const lastSeqs = new Map(rows.map((row) => [row.author, row.last_seq]));
    const lineage = (await session.first(HAS_LINEAGE, room)) !== undefined;
    const judged = judgeBatch(
      head,
      batch,
      (author) => lastSeqs.get(author),
      () => lineage,
    );
    if (judged.kind === 'conflict') return { ok: false, rev: head };
    if (batch.lineage) await session.all(RECORD_LINEAGE, room, Buffer.from(batch.lineage.root, 'utf8'));
    if (!(await write(session, room, head, batch, judged.settled))) {
      throw new Error('A batch that fits did not go in.');
    }
    return { ok: true };
  });
}

/** False, and nothing written, if it has to be looked at more closely. */
async function appendAtOnce(connections: Connections, room: string, batch: Batch): Promise<boolean> {
  const [first] = batch.entries;
  if (!first || batch.settled.length > 0 || batch.lineage) return false;
  const judged = judgeOptimistically(first.rev - 1, batch);
  if (judged?.kind !== 'fits') return false;
  try {
    return await write(connections, room, first.rev - 1, batch, judged.settled);
  } catch (error) {
    const state = stateOf(error);
    if (state === NOT_SETTLED || state === EXISTS) return false;
    throw error;
  }
}

/** As if the log ended just before the batch, and nothing of its authors were settled. Null if no log would take it. */
function judgeOptimistically(head: number, batch: Batch): Judgement | null {
  try {
    return judgeBatch(
      head,
      batch,
      () => 0,
      () => true,
    );
  } catch (error) {
    if (error instanceof StorageRefused) return null;
    throw error;
  }
}

async function write(
  session: Session,
  room: string,
  head: number,
  batch: Batch,
  settled: ReadonlyMap<number, { seq: number; rev: number }>,
): Promise<boolean> {
  const carriesBytes = batch.entries.some(({ yjs }) => yjs);
  const entries = entryColumns(batch.entries);
  return (
    (await session.first(WRITE, room, head, carriesBytes, ...entries, ...settledColumns(batch, settled))) !== undefined
  );
}

/** One array for each of: author, its oldest seq in the batch, and its newest one with the revision. */
function settledColumns(batch: Batch, settled: ReadonlyMap<number, { seq: number; rev: number }>): Value[] {
  const oldest = new Map<number, number>();
  for (const { author, seq } of [...batch.entries, ...batch.settled]) {
    oldest.set(author, Math.min(seq, oldest.get(author) ?? seq));
  }
  const all = [...settled];
  return [
    all.map(([author]) => author),
    all.map(([author]) => oldest.get(author) ?? 0),
    all.map(([, { seq }]) => seq),
    all.map(([, { rev }]) => rev),
  ];
}
