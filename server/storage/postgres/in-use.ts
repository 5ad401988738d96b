import { Client } from 'pg';
import { APPLICATION } from './connections.ts';

/**
 * Is a server of ours connected to this database? False too for one that cannot be reached, and for servers of another
 * database user, which only a superuser can see.
 */
export async function isInUse(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Whatever waits for an answer is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    // Opening it will say why.
    return false;
  }
  try {
    const { rows } = await client.query(
      'select 1 from pg_stat_activity where datname = current_database() and application_name = $1 limit 1',
      [APPLICATION],
    );
    return rows.length > 0;
  } finally {
    await client.end();
  }
}
