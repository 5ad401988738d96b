import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replacement } from '../../lib/ot/index.ts';
import {
  createRoom,
  faultsOf,
  freshToken,
  join,
  pause,
  readLog,
  readText,
  root,
  spawnNode,
  startServer,
  temporaryFolder,
  type TestServer,
} from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';

let server: TestServer;
let folder: string;
beforeEach(async () => {
  server = await startServer();
  folder = temporaryFolder();
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm run <tool>` to its end. */
async function run(tool: 'backup' | 'restore', ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawnNode([joinPath(root, 'deploy', `${tool}.mjs`), ...args], {});
  const { code } = await child.exited;
  const output = child.output();
  expect(output).not.toMatch(/^\s+at /m);
  return { code, output };
}

const backup = (file: string): ReturnType<typeof run> => run('backup', '--data', server.dataDir, '--to', file);
const restore = (file: string, ...more: string[]): ReturnType<typeof run> =>
  run('restore', '--from', file, '--data', server.dataDir, ...more);

/** Puts words before everything. */
function type(robot: Robot, words: string): void {
  robot.edit(replacement(0, 0, words));
}

describe('a backup of a server that runs', () => {
  it('is brought back under people who are there: they lose what came later, and nothing that was not sent', async () => {
    const { links } = await createRoom(server.url, { text: 'first. ' });
    const { token } = links.edit;
    const robots = ['Ann', 'Bob'].map((name) => openRobot({ url: server.url, token, name }));
    const [ann, bob] = robots as [Robot, Robot];
    await Promise.all(robots.map((robot) => robot.settled()));
    type(ann, 'before. ');
    await ann.settled();

    const file = joinPath(folder, 'backup.db');
    expect(await backup(file)).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 rooms with 2 revisions') as unknown,
    });
    type(bob, 'after. ');
    await bob.settled();
    await ann.caughtUp(3);
    const { epoch } = (await join(server.url, token)).welcome;

    await server.kill('SIGTERM');
    type(ann, 'meanwhile. ');
    expect(await restore(file)).toMatchObject({ code: 1, output: expect.stringContaining('--replace') as unknown });
    expect((await restore(file, '--replace')).output).toContain('1 rooms with 2 revisions again');
    await server.restart();

    await Promise.all(robots.map((robot) => robot.settled()));
    await bob.caughtUp(3);
    expect(await readText(server.url, token)).toEqual({ text: 'meanwhile. before. first. ', rev: 3 });
    expect(robots.map((robot) => robot.text())).toEqual(Array(2).fill('meanwhile. before. first. '));
    type(bob, 'again. ');
    await bob.settled();
    await ann.caughtUp(4);
    expect(ann.text()).toBe('again. meanwhile. before. first. ');
    expect((await join(server.url, token)).welcome.epoch).not.toBe(epoch);

    // Nothing was thrown away.
    const aside = readdirSync(server.dataDir).find((name) => /^tandem\.db\.before-[^.]*$/.test(name));
    copyFileSync(joinPath(server.dataDir, aside ?? ''), joinPath(folder, 'tandem.db'));
    expect(readLog(folder, token)).toHaveLength(3);
    for (const robot of robots) robot.close();
  });

  it('[P1] [P2] is one moment of the log while people write, and has all that was acknowledged before', async () => {
    const { links } = await createRoom(server.url, { text: 'x' });
    const { peer, welcome } = await join(server.url, links.edit.token, { client: freshToken() });
    let writing = true;
    let acknowledged = 0;
    const writer = (async () => {
      for (let seq = 1, rev = welcome.rev; writing; seq++) {
        // A quick machine reaches the rate, and is told to come again.
        rev = await peer.submit({ t: 'op', seq, rev, op: ['a'] });
        acknowledged = rev;
      }
    })();
    for (let round = 1; round <= 2; round++) {
      await pause(100);
      const before = acknowledged;
      const file = joinPath(folder, `${round}.db`);
      expect((await backup(file)).code).toBe(0);
      const place = temporaryFolder();
      copyFileSync(file, joinPath(place, 'tandem.db'));
      const log = readLog(place, links.edit.token);
      rmSync(place, { recursive: true });
      expect(faultsOf(log)).toEqual([]);
      expect(log.length).toBeGreaterThanOrEqual(before);
      expect(before).toBeGreaterThan(1);
      // What people write is nobody else's on this machine.
      expect(statSync(file).mode & 0o077).toBe(0);
    }
    writing = false;
    await writer;
  });
});

describe('a backup or a restoration that cannot be', () => {
  it('is a sentence, and changes nothing', async () => {
    const { links } = await createRoom(server.url, { text: 'safe' });
    const file = joinPath(folder, 'backup.db');
    expect((await backup(file)).code).toBe(0);
    const refusals: [Promise<{ code: number | null; output: string }>, string][] = [
      [backup(file), 'is there already'],
      [run('backup', '--data', folder, '--to', joinPath(folder, 'new.db')), 'There is no tandem.db in'],
      [run('backup', '--data', server.dataDir), '--to is missing'],
      [restore(file, '--replace'), 'Another Tandem server'],
      [restore(joinPath(folder, 'none.db')), 'There is no file'],
      [run('restore', '--from', file, '--date', 'x'), 'Usage: npm run restore'],
    ];
    for (const [running, words] of refusals) {
      const { code, output } = await running;
      expect(output).toContain(words);
      expect(code).toBe(1);
    }
    expect(existsSync(joinPath(folder, 'new.db'))).toBe(false);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'safe', rev: 1 });
  });

  it('refuses a file that is damaged, and keeps what is there', async () => {
    await createRoom(server.url, { text: 'safe '.repeat(20_000) });
    const file = joinPath(folder, 'backup.db');
    expect((await backup(file)).code).toBe(0);
    const bytes = readFileSync(file);
    // Pages in the middle: the header stays whole.
    writeFileSync(file, bytes.fill(0xff, 8 * 4096, 10 * 4096));
    await server.kill('SIGTERM');
    const before = readFileSync(joinPath(server.dataDir, 'tandem.db'));
    const { code, output } = await restore(file, '--replace');
    expect(output).toMatch(/damaged|malformed/);
    expect(code).toBe(1);
    expect(readFileSync(joinPath(server.dataDir, 'tandem.db')).equals(before)).toBe(true);
    expect(readdirSync(server.dataDir).filter((name) => name.includes('.new') || name.includes('.before'))).toEqual([]);
  });
});
