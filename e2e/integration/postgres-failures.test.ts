import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { someEntries, someRoom } from '../../server/storage/contract/samples.ts';
import { openDatabase } from '../../server/storage/postgres/open-database.ts';
import { createPostgresStorage } from '../../server/storage/postgres/postgres.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eventually, freePort, type PostgresServer, startPostgres } from '../harness/index.ts';

const UNAVAILABLE = { name: 'StorageUnavailable' };

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** The sentence with which a start on `url` ends. */
async function refusal(url: string, startMs = 300): Promise<string> {
  const opening = createPostgresStorage(url, { startMs });
  const error: unknown = await opening.then(
    (storage) => storage.close(),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'DatabaseError' });
  const { message } = error as Error;
  expect(message).not.toContain('secret');
  return message;
}

describe('[R-start] a start that cannot be is a sentence without the password', () => {
  const withPassword = (database: string, user = 'postgres', port = postgres.port): string =>
    `postgres://${user}:secret@127.0.0.1:${port}/${database}?application_name=secret`;

  it('names a server that nobody reaches, after it has waited for it', async () => {
    const port = await freePort();
    expect(await refusal(withPassword('notes', 'ada', port))).toMatch(
      new RegExp(`postgres://ada@127.0.0.1:${port}/notes cannot be reached .*ECONNREFUSED.* DATABASE_URL`),
    );
  });

  it('names a user who is not let in, and a database that is not there', async () => {
    expect(await refusal(withPassword('postgres', 'nobody'))).toMatch(/does not let us in .*nobody.* DATABASE_URL/);
    expect(await refusal(withPassword('nowhere'))).toContain(`There is no such database: postgres://postgres@`);
    expect(await refusal('mysql://secret/')).toContain('DATABASE_URL must be like postgres://');
  });

  it('says which right is missing, and is content with a schema of its own', async () => {
    await postgres.createDatabase('rights');
    await postgres.query('create role weak login');
    expect(await refusal(withPassword('rights', 'weak'))).toContain('create schema tandem authorization');
    await postgres.query('create schema tandem authorization weak', 'rights');
    const storage = await createPostgresStorage(withPassword('rights', 'weak'));
    expect(await storage.createRoom(someRoom('r'))).toBe('created');
    await storage.close();
  });

  it('refuses the schema of a newer version, and leaves it as it is', async () => {
    const url = await postgres.createDatabase('newer');
    await (await createPostgresStorage(url)).close();
    await postgres.query('insert into tandem.steps (step) values (99)', 'newer');
    expect(await refusal(url)).toContain('written by a newer version of Tandem (schema 99; this one knows ');
    expect(await postgres.query('select max(step) from tandem.steps', 'newer')).toEqual([{ max: 99 }]);
  });

  it('refuses a database that has not every letter', async () => {
    await postgres.query(`create database latin encoding 'LATIN1' template template0`);
    expect(await refusal(postgres.url('latin'))).toContain('encoding is LATIN1');
  });

  it('[P2] refuses a server that does not write to its disk', async () => {
    await postgres.query('alter system set fsync = off');
    await postgres.query('select pg_reload_conf()');
    const settings = (): Promise<{ fsync: string }[]> => postgres.query('show fsync');
    await eventually('fsync to be off', async () => (await settings())[0]?.fsync === 'off');
    expect(await refusal(postgres.url())).toContain('fsync is off');
    await postgres.query('alter system reset fsync');
    await postgres.query('select pg_reload_conf()');
    await eventually('fsync to be on', async () => (await settings())[0]?.fsync === 'on');
  });
});

it('[P2] makes each of its connections durable, whatever the database’s own choice', async () => {
  const url = await postgres.createDatabase('lazy');
  await postgres.query('alter database lazy set synchronous_commit = off');
  const connections = await openDatabase(url, { connections: 2, statementMs: 5_000, startMs: 0 });
  const show = { name: 'show', text: 'show synchronous_commit' };
  const both = await Promise.all([connections.all(show), connections.all(show)]);
  expect(both.flat()).toEqual(Array(2).fill({ synchronous_commit: 'on' }));
  await connections.close();
});

it('makes the schema once, however many servers start at once', async () => {
  const url = await postgres.createDatabase('fresh');
  const storages = await Promise.all(Array.from({ length: 8 }, () => createPostgresStorage(url)));
  expect(await postgres.query('select step from tandem.steps', 'fresh')).toEqual([
    { step: 1 },
    { step: 2 },
    { step: 3 },
  ]);
  await Promise.all(storages.map((storage) => storage.close()));
});

it('refuses more calls than may wait', async () => {
  const url = await postgres.createDatabase('waiting');
  const storage = await createPostgresStorage(url, { waiting: 3 });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => storage.heads(['r'])));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(results[4]).toMatchObject({ reason: UNAVAILABLE });
  expect((await storage.heads(['r'])).size).toBe(0);
  await storage.close();
});

describe('a database server that goes away', () => {
  /** Appends to a room one entry after the other, until `done`, and returns the last revision that was acknowledged. */
  async function appendUntil(done: () => boolean, storage: Storage, room: string): Promise<number> {
    let rev = 0;
    while (!done()) {
      const entries = someEntries(rev + 1, rev + 1);
      const result = await storage.append(room, { entries, settled: [] }).catch((error: unknown) => {
        expect(error).toMatchObject(UNAVAILABLE);
        return null;
      });
      if (result?.ok) rev += 1;
      else if (result) rev = result.rev;
    }
    return rev;
  }

  it('[P2] loses nothing that was acknowledged, and is found again when it is back', async () => {
    const url = await postgres.createDatabase('killed');
    const storage = await createPostgresStorage(url, { statementMs: 2_000 });
    const rooms = ['a', 'b', 'c'];
    for (const room of rooms) await storage.createRoom(someRoom(room));
    let killed = false;
    const appending = rooms.map((room) => appendUntil(() => killed, storage, room));
    await eventually('some edits', async () => ((await storage.heads(['a'])).get('a') ?? 0) > 20);
    await postgres.kill();
    killed = true;
    const acknowledged = await Promise.all(appending);
    await expect(storage.probe()).rejects.toMatchObject(UNAVAILABLE);
    await postgres.start();
    await eventually('the storage to find it', () => storage.probe().then(() => true));
    for (const [index, room] of rooms.entries()) {
      const log = await storage.entries(room, 1, 99_999, 99_999);
      expect(log).toEqual(someEntries(1, log.length));
      expect(log.length).toBeGreaterThanOrEqual(acknowledged[index] ?? Infinity);
    }
    await storage.close();
  });

  it('is waited for at the start', async () => {
    const url = await postgres.createDatabase('late');
    await postgres.shutDown();
    const opening = createPostgresStorage(url, { startMs: 20_000 });
    await postgres.start();
    const storage = await opening;
    await expect(storage.probe()).resolves.toBeUndefined();
    await storage.close();
  });

  it('[P2] is not waited for for ever when it stands still, and is asked again', async () => {
    const url = await postgres.createDatabase('paused');
    const storage = await createPostgresStorage(url, { statementMs: 500 });
    await storage.createRoom(someRoom('r'));
    postgres.pause();
    const batch = { entries: someEntries(1, 1), settled: [] };
    const asked = [storage.append('r', batch), storage.loadRoom('r'), storage.probe()];
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    }
    postgres.resume();
    await eventually('the storage to find it', () => storage.probe().then(() => true));
    // What was under way when it stood still may have been done.
    expect([{ ok: true }, { ok: false, rev: 1 }]).toContainEqual(await storage.append('r', batch));
    expect(await storage.entries('r', 1, 9, 9)).toEqual(someEntries(1, 1));
    await storage.close();
  });

  it('does not keep a server from ending', async () => {
    const url = await postgres.createDatabase('ending');
    const storage = await createPostgresStorage(url, { statementMs: 500 });
    await storage.probe();
    postgres.pause();
    const last = storage.probe();
    const closing = storage.close();
    await expect(last).rejects.toMatchObject(UNAVAILABLE);
    await closing;
    postgres.resume();
  });
});
