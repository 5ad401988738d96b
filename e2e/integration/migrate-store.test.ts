import { rmSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { someAnchor, someChat, someComment } from '../../server/storage/contract/note-samples.ts';
import {
  newLink,
  range,
  someAuthor,
  someBytes,
  someEntries,
  someRoom,
  someYjsEntries,
} from '../../server/storage/contract/samples.ts';
import { createMemoryStorage } from '../../server/storage/memory.ts';
import { createPostgresStorage } from '../../server/storage/postgres/postgres.ts';
import { createSqliteStorage } from '../../server/storage/sqlite/sqlite.ts';
import { StorageUnavailable, type Storage } from '../../server/storage/storage.ts';
import { copyStore } from '../../server/storage/tools/copy-store.ts';
import {
  createRoom,
  type PostgresServer,
  readText,
  root,
  spawnNode,
  startPostgres,
  startServer,
  temporaryFolder,
} from '../harness/index.ts';

/** More than one page of the list. */
const SMALL_ROOMS = 60;

let postgres: PostgresServer;
const folders: string[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
}

/** Runs `npm run migrate-store` to its end. */
async function migrate(from: string, to: string): Promise<{ code: number | null; output: string }> {
  const child = spawnNode([joinPath(root, 'deploy', 'migrate-store.mjs'), '--from', from, '--to', to], {});
  const { code } = await child.exited;
  const output = child.output();
  expect(output).not.toMatch(/^\s+at /m);
  return { code, output };
}

/** Rooms with something of everything that is stored. */
async function fill(storage: Storage): Promise<void> {
  await Promise.all(range(1, SMALL_ROOMS).map((number) => storage.createRoom(someRoom(`small-${number}`))));
  await storage.createRoom(someRoom('long', { title: 'Zoë 😀' }));
  await storage.append('long', { entries: someEntries(1, 1_205), settled: [] });
  for (const rev of [600, 1_200]) await storage.saveSnapshot('long', { rev, text: `\0${rev} 😀` });
  await storage.append('long', { entries: [], settled: [{ author: 1, seq: 5_000, rev: 1_205 }] });
  await storage.setRoom('long', { file: { bom: true, lineEnd: '\r\n' }, locked: true });

  await storage.createRoom(someRoom('linked'));
  await storage.makeLink(
    'linked',
    newLink('linked-4', { name: 'Class', expiresAt: 7, passwordHash: 'hash', createdAt: 3 }),
  );
  for (const [index, token] of ['linked-5', 'linked-0', 'linked-6'].entries()) {
    await storage.rotateLink('linked', 4, token, 10 + index);
  }
  await storage.rotateLink('linked', 2, 'linked-newer', 11);
  await storage.changeLink('linked', 2, { revokedAt: 20 });
  await storage.openAuthor('linked', someAuthor('second', { link: 4, kind: 'api' }));
  for (const [at, guest] of ['user:zoë', 'cookie', '😀'].entries()) await storage.bar('linked', guest, at);

  await storage.createRoom(someRoom('yjs'));
  await storage.append('yjs', { entries: someEntries(1, 250), settled: [] });
  await storage.append('yjs', { entries: someYjsEntries(251, 255), settled: [], lineage: { root: 'quill\0' } });
  await storage.append('yjs', { entries: [{ rev: 256, author: 1, seq: 300, at: 5, op: ['\0"\\'] }], settled: [] });
  await storage.saveLineage('yjs', { rev: 254, state: someBytes(7) });

  const said = range(1, 250).map((number) => {
    const quote = number % 9 === 0 ? someAnchor(number) : null;
    return storage.addChat('long', someChat(`message-${number}`, { quote, text: `\0 ${number} 😀` }), 220);
  });
  await Promise.all(said);
  for (const id of ['B', 'a']) {
    await storage.changeThread('long', id, { kind: 'open', anchor: someAnchor(9), comment: someComment('first') });
    await storage.changeThread('long', id, { kind: 'reply', comment: someComment('second', { author: 2 }) });
    await storage.changeThread('long', id, { kind: 'change', id: 'second', text: 'Better.', at: 9 });
  }
  const gone = someAnchor(40, { from: 5, to: 5, gone: { author: 1, name: 'Zoë' } });
  await storage.saveAnchors('long', [{ of: 'thread', id: 'a', anchor: gone }]);
  await storage.changeThread('long', 'B', { kind: 'resolve', by: { author: 2, name: 'Bob', at: 7 } });
  for (const rev of [0, 600]) await storage.addVersion('long', { rev, name: `Draft ${rev}`, author: 1, at: rev });
}

it('[P2] brings everything from a folder into Postgres and into another folder, by the command', async () => {
  const [first, last] = [newFolder(), newFolder()];
  const source = await createSqliteStorage(first);
  await fill(source);
  await source.close();
  const url = await postgres.createDatabase('copy');

  const there = await migrate(first, url);
  expect(there).toMatchObject({ code: 0 });
  expect(there.output).toContain(`All ${SMALL_ROOMS + 3} rooms with 1461 revisions are in postgres://`);
  const back = await migrate(url, last);
  const digest = (output: string): string | undefined => /SHA-256 of both: ([0-9a-f]{64})/.exec(output)?.[1];
  expect(digest(back.output)).toBe(digest(there.output));

  // What a hash of ours says is one thing; what the storages answer is another.
  const [before, after] = [await createSqliteStorage(first), await createSqliteStorage(last)];
  for (const room of ['long', 'linked', 'yjs', 'small-1']) {
    const picture = (storage: Storage): Promise<unknown[]> =>
      Promise.all([
        // How often threads have changed is each store's own count.
        storage.loadRoom(room).then((one) => one && { ...one, notes: one.notes.chat }),
        storage.entries(room, 1, 9_999, 9_999),
        storage.snapshotBefore(room, 1_199),
        storage.loadLineage(room),
        storage.authors(room),
        storage.links(room),
        storage.shutOut(room),
        storage.chat(room, { limit: 999 }),
        storage.threads(room),
        storage.versions(room),
        ...['linked-4', 'linked-5', 'linked-edit', 'linked-6'].map((token) => storage.findLink(token)),
      ]);
    expect(await picture(after)).toStrictEqual(await picture(before));
  }
  expect(
    await after.append('long', { entries: [{ rev: 1_206, author: 1, seq: 5_000, at: 1, op: ['x'] }], settled: [] }),
  ).toEqual({ ok: false, rev: 1_205 });
  await Promise.all([before.close(), after.close()]);
});

it('[P2] leaves a server’s documents as they were, under the same links', async () => {
  const embedded = await startServer();
  const { links } = await createRoom(embedded.url, { text: 'from the file' });
  const url = await postgres.createDatabase('moved');
  expect((await migrate(embedded.dataDir, url)).output).toContain('Another Tandem server');
  await embedded.kill('SIGTERM');
  expect(await migrate(embedded.dataDir, url)).toMatchObject({ code: 0 });

  const moved = await startServer({ env: { DATABASE_URL: url } });
  expect(await readText(moved.url, links.edit.token)).toEqual({ text: 'from the file', rev: 1 });
  const { links: more } = await createRoom(moved.url, { text: 'new' });
  expect((await migrate(url, newFolder())).output).toContain('A Tandem server is using postgres://');
  await moved.restart();
  expect(await readText(moved.url, more.edit.token)).toEqual({ text: 'new', rev: 1 });
  expect(moved.output()).toContain(`Rooms are kept in postgres://postgres@127.0.0.1`);
  await Promise.all([embedded.stop(), moved.stop()]);
});

it('refuses what it could only spoil, in a sentence', async () => {
  const full = await postgres.createDatabase('full');
  const storage = await createPostgresStorage(full);
  await storage.createRoom(someRoom('r'));
  await storage.close();
  const folder = newFolder();
  const other = await createSqliteStorage(folder);
  await other.createRoom(someRoom('s'));
  await other.close();
  const refusals: [string, string, string][] = [
    [folder, full, 'The target has rooms already'],
    [joinPath(folder, 'none'), full, 'There is no tandem.db in'],
    [folder, folder, 'is using the folder'],
  ];
  for (const [from, to, words] of refusals) {
    const { code, output } = await migrate(from, to);
    expect(output).toContain(words);
    expect(code).toBe(1);
  }
  const kept = await createPostgresStorage(full);
  expect((await kept.listRooms({ limit: 9 })).map(({ id }) => id)).toEqual(['r']);
  await kept.close();
});

it('leaves the target empty when it fails on the way, or when the copy is not the same', async () => {
  const source = createMemoryStorage();
  await fill(source);
  const url = await postgres.createDatabase('failing');
  const target = await createPostgresStorage(url);
  const failing: Storage = {
    ...source,
    loadLineage: (room) =>
      room === 'yjs' ? Promise.reject(new StorageUnavailable('The disk failed.')) : source.loadLineage(room),
  };
  await expect(copyStore(failing, target, () => undefined)).rejects.toThrow('The disk failed.');
  expect(await target.listRooms({ limit: 9 })).toEqual([]);

  const forgetting: Storage = { ...target, bar: async () => undefined };
  await expect(copyStore(source, forgetting, () => undefined)).rejects.toThrow('The copy is not the same');
  expect(await target.listRooms({ limit: 9 })).toEqual([]);

  expect(await copyStore(source, target, () => undefined)).toMatchObject({ rooms: SMALL_ROOMS + 3, entries: 1_461 });
  await target.close();
});
