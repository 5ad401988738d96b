import type { ClientBase } from 'pg';
import { SCHEMA } from './connections.ts';
import { DatabaseError } from './database-error.ts';
import { STEPS } from './schema.ts';

/** Any number that no other program is likely to lock: "Tndm" in ASCII. */
const LOCK = 0x54_6e_64_6d;

/**
 * Takes the steps that are missing, in one transaction. Of several servers that start at once one does it, and the others
 * wait for it. Throws `DatabaseError` ('newer') if the schema is beyond what this program knows; then nothing was changed.
 */
export async function migrate(client: ClientBase, steps: readonly string[] = STEPS): Promise<void> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const known = await client.query('select 1 from pg_namespace where nspname = $1', [SCHEMA]);
    // Even `if not exists` asks for the right to make one.
    if (known.rows.length === 0) await client.query(`create schema ${SCHEMA}`);
    await client.query(`set local search_path to ${SCHEMA}, pg_catalog`);
    const table = await client.query('select to_regclass($1) as steps', [`${SCHEMA}.steps`]);
    if ((table.rows[0] as { steps: string | null }).steps === null) {
      await client.query('create table steps (step integer primary key, taken_at timestamptz not null default now())');
    }
    const taken = await client.query('select coalesce(max(step), 0) as step from steps');
    const { step: from } = taken.rows[0] as { step: number };
    refuseNewer(from, steps.length);
    for (const [index, step] of steps.entries()) {
      if (index < from) continue;
      await client.query(step);
      await client.query('insert into steps (step) values ($1)', [index + 1]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function refuseNewer(version: number, known: number): void {
  if (version <= known) return;
  throw new DatabaseError(
    'newer',
    `The database was written by a newer version of Tandem (schema ${version}; this one knows ${known}). ` +
      'Run that version, or set DATABASE_URL to another database.',
  );
}
