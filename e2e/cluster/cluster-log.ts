import type { Op } from '../../lib/ot/index.ts';
import type { StoredEntry } from '../harness/index.ts';
import type { PostgresServer } from '../harness/postgres.ts';

/** Reads a room's log straight from Postgres: what is there, not what a node says of it. */
export async function readClusterLog(postgres: PostgresServer, token: string): Promise<StoredEntry[]> {
  const rows = await postgres.query<Record<'rev' | 'author' | 'seq' | 'op', string>>(
    `select rev, author, seq, op from tandem.entries
     where room = (select room from tandem.tokens where token = '${token}') order by rev`,
  );
  return rows.map(({ rev, author, seq, op }) => ({
    rev: Number(rev),
    author: Number(author),
    seq: Number(seq),
    op: JSON.parse(op) as Op,
  }));
}
