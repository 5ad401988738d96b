import type { Op } from '../../../lib/ot/index.ts';
import { marksOf } from '../marks-of.ts';
import type { Batch, Entry, EntryMarks } from '../storage.ts';
import type { Session, Statement, Value } from './connections.ts';

const READ: Statement = {
  name: 'entries',
  text: `select rev, author, seq, at, op, yjs from entries
    where room = $1 and rev between $2::bigint and $3::bigint order by rev limit $4::bigint`,
};

const MARKS: Statement = {
  name: 'entry-marks',
  text: `select author, at from entries
    where room = $1 and rev between $2::bigint and $3::bigint order by rev limit $4::bigint`,
};

interface Row extends Omit<Entry, 'op' | 'yjs'> {
  op: string;
  yjs: Buffer | null;
}

/** Entries as `Storage` gives them; `limit` null: all. */
export async function readEntries(
  session: Session,
  room: string,
  from: number,
  to: number,
  limit: number | null,
): Promise<Entry[]> {
  const rows = await session.all<Row>(READ, room, from, to, limit);
  return rows.map(({ yjs, op, ...row }) => {
    // Only `append` writes this column.
    const entry = { ...row, op: JSON.parse(op) as Op };
    return yjs ? { ...entry, yjs: new Uint8Array(yjs) } : entry;
  });
}

/** Marks as `Storage` gives them. */
export async function readMarks(
  session: Session,
  room: string,
  from: number,
  to: number,
  limit: number,
): Promise<EntryMarks> {
  return marksOf(await session.all<Pick<Entry, 'author' | 'at'>>(MARKS, room, from, to, limit));
}

/** The same batch, but nobody else's. */
export function copyBatch({ entries, settled, lineage }: Batch): Batch {
  const own = entries.map((entry) => {
    const copy = { ...entry, op: [...entry.op] };
    return entry.yjs ? { ...copy, yjs: new Uint8Array(entry.yjs) } : copy;
  });
  const copy = { entries: own, settled: settled.map((one) => ({ ...one })) };
  return lineage ? { ...copy, lineage: { ...lineage } } : copy;
}

/** Entries as one array for each of: rev, author, seq, at, op, yjs. Without bytes the last one is empty. */
export function entryColumns(entries: readonly Entry[]): Value[] {
  return [
    entries.map(({ rev }) => rev),
    entries.map(({ author }) => author),
    entries.map(({ seq }) => seq),
    entries.map(({ at }) => at),
    entries.map(({ op }) => JSON.stringify(op)),
    entries.some(({ yjs }) => yjs) ? entries.map(({ yjs }) => yjs ?? null) : [],
  ];
}
