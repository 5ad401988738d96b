import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, it } from 'vitest';
import {
  createRoom,
  freePort,
  healthy,
  pause,
  postJson,
  readText,
  runSeed,
  spawnServer,
  startServer,
  temporaryFolder,
  within,
  type TestServer,
} from '../harness/index.ts';

const CRASHES = 10;
/** The first start makes few files, quickly. */
const FIRST_CRASHES = 5;
/** A start takes about a second: the kills fall before, while and after the database is opened. */
const MOST_START_MS = 900;
/** Names that the lock on the folder writes; whatever else is there belongs to people. */
const LOCK = /^tandem\.lock/;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server with a room in it, ended. By SIGKILL its newest edits are beside the database and not in it. */
async function endedWithText(
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<{ server: TestServer; token: string; text: string }> {
  const server = await startServer();
  stops.push(() => server.stop());
  const { links } = await createRoom(server.url, { text: 'x'.repeat(20_000) });
  await postJson(server.url, `/api/rooms/${links.edit.token}/ops`, { rev: 1, op: ['The newest edit. '] });
  const { text } = await readText(server.url, links.edit.token);
  await server.kill(signal);
  return { server, token: links.edit.token, text };
}

/** Name and hash of every file that is not the lock's. */
function picture(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => !LOCK.test(name));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** The start fails with a sentence that names the file, without a stack, and leaves the folder as it was. */
async function expectUntouched(dataDir: string): Promise<void> {
  const before = picture(dataDir);
  const child = spawnServer({ port: await freePort(), dataDir });
  stops.push(() => child.kill('SIGKILL'));
  const { code } = await within(20_000, 'the server to give up', child.exited);
  const output = child.output();
  expect(code, output).toBe(1);
  expect(output).toContain(join(dataDir, 'tandem.db'));
  expect(output).not.toMatch(/^\s+at /m);
  expect(picture(dataDir)).toEqual(before);
}

it('[R-start] a torn database stops the start with a sentence, and nothing is touched', async () => {
  // A clean stop, so that everything is in the one file; then the disk loses its second half.
  const { server } = await endedWithText('SIGTERM');
  const file = join(server.dataDir, 'tandem.db');
  truncateSync(file, Math.floor(readFileSync(file).length / 2));
  await expectUntouched(server.dataDir);
});

it('[R-start] a database whose inside is damaged stops the start with a sentence, and nothing is touched', async () => {
  const { server } = await endedWithText('SIGTERM');
  const file = join(server.dataDir, 'tandem.db');
  const bytes = readFileSync(file);
  // The page behind the header: the list of tables itself.
  writeFileSync(file, bytes.fill(0x5a, 100, 4_000));
  await expectUntouched(server.dataDir);
});

it('[R-start] the database of another program stops the start with a sentence, and nothing is touched', async () => {
  const dataDir = temporaryFolder();
  stops.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const foreign = new Database(join(dataDir, 'tandem.db'));
  foreign.exec("create table recipes (name text); insert into recipes values ('soup')");
  foreign.close();
  await expectUntouched(dataDir);
});

it(`[P2] [R-start] ${CRASHES} SIGKILLs while starting leave the data as it was`, async () => {
  const { random, note } = runSeed();
  const { server, token, text } = await endedWithText('SIGKILL');
  for (let crash = 0; crash < CRASHES; crash++) {
    const child = spawnServer({ port: server.port, dataDir: server.dataDir });
    await pause(random.int(MOST_START_MS));
    await child.kill('SIGKILL');
  }
  await server.restart();
  expect((await readText(server.url, token)).text === text, note).toBe(true);
  expect((await postJson(server.url, `/api/rooms/${token}/ops`, { rev: 2, op: ['Still writing. '] })).status).toBe(200);
});

it(`[R-start] ${FIRST_CRASHES} SIGKILLs while a first start makes its files do not stop the next one`, async () => {
  const { random, note } = runSeed();
  const dataDir = temporaryFolder();
  stops.push(() => rmSync(dataDir, { recursive: true, force: true }));
  for (let crash = 0; crash < FIRST_CRASHES; crash++) {
    const child = spawnServer({ port: await freePort(), dataDir });
    await pause(random.int(MOST_START_MS));
    await child.kill('SIGKILL');
  }
  const port = await freePort();
  const child = spawnServer({ port, dataDir });
  stops.push(() => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  await healthy(url, child);
  expect((await createRoom(url, { text: 'first' })).links.edit.token, note).toHaveLength(22);
});
