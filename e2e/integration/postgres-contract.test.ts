import { afterAll, beforeAll } from 'vitest';
import { createPostgresStorage } from '../../server/storage/postgres/postgres.ts';
import { ROOM_TABLES } from '../../server/storage/postgres/schema.ts';
import { describeStorage } from '../../server/storage/storage-contract.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { type PostgresServer, startPostgres } from '../harness/index.ts';

let postgres: PostgresServer;
let url: string;
beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.createDatabase('contract');
});
afterAll(async () => {
  await left?.close();
  await postgres.stop();
});

/** The storage of the test before, unless that has closed it: connections take longer than most of these tests. */
let left: Storage | null = null;

describeStorage('postgres', async () => {
  const storage = left ?? (await createPostgresStorage(url));
  left = null;
  return {
    storage,
    reopen: async () => {
      await storage.close();
      return createPostgresStorage(url);
    },
    done: async (last) => {
      left = await last.heads([]).then(
        () => last,
        () => null,
      );
      const deletions = ['rooms', ...ROOM_TABLES].map((table) => `delete from tandem.${table}`);
      // Nobody minds if an emptied table comes back after a crash, and the tests take half as long.
      await postgres.query(`set synchronous_commit = off; ${deletions.join('; ')}`, 'contract');
    },
  };
});
