import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join as joinPath } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createRoom,
  freePort,
  healthy,
  join,
  readText,
  root,
  type RunningProcess,
  spawnNode,
  spawnServer,
  startServer,
  temporaryFolder,
  within,
} from '../harness/index.ts';

const stops: (() => void | Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A server's process and the folder it may use, both gone after the test. */
async function spawn(env: Record<string, string> = {}, dataDir = folder(), port?: number): Promise<RunningProcess> {
  const child = spawnServer({ port: port ?? (await freePort()), dataDir, env });
  stops.push(() => child.kill('SIGKILL'));
  return child;
}

function folder(): string {
  const path = temporaryFolder();
  stops.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** It ends by itself with another code than 0, and what it says is a sentence rather than a stack. */
async function expectRefusal(child: RunningProcess): Promise<string> {
  const { code } = await within(20_000, 'the server to give up', child.exited);
  const output = child.output();
  expect(code, output).not.toBe(0);
  expect(output).not.toMatch(/^\s+at /m);
  return output;
}

describe('[R-start] a start that cannot be is a sentence', () => {
  it('names a busy port, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    stops.push(() => new Promise((resolve) => other.close(resolve)));
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    if (address === null || typeof address === 'string') throw new Error('The other program got no port.');
    const output = await expectRefusal(await spawn({}, folder(), address.port));
    expect(output).toContain(`Port ${address.port} is in use`);
    expect(output).toContain('PORT=');
  });

  it('refuses a second process on the same data, and lets the first live', async () => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url, { text: 'safe' });
    const output = await expectRefusal(await spawn({}, server.dataDir));
    expect(output).toContain(server.dataDir);
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'safe', rev: 1 });
  });

  it('takes over the data of a process that was killed', async () => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url, { text: 'safe' });
    await server.kill('SIGKILL');
    await server.restart();
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'safe', rev: 1 });
  });

  it.each([
    ['PORT', 'many'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['REQUIRE_ORIGIN', 'yes'],
    ['ALLOWED_ORIGINS', 'not an origin'],
    ['MAX_SOCKETS_PER_ADDRESS', '0'],
  ])('names a bad value: %s=%s', async (name, value) => {
    const output = await expectRefusal(await spawn({ [name]: value }));
    expect(output).toContain(name);
    expect(output).toContain(value);
  });

  it('names a data folder that is a file', async () => {
    const file = joinPath(folder(), 'file');
    writeFileSync(file, 'not a folder');
    expect(await expectRefusal(await spawn({}, file))).toContain(file);
  });

  it('touches no file that is not its own', async () => {
    const dataDir = folder();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(joinPath(dataDir, 'tandem.db'), 'somebody else’s notes'.repeat(100));
    expect(await expectRefusal(await spawn({}, dataDir))).toContain('tandem.db');
  });

  it('says which Node it needs, when this one is too old', async () => {
    // Only the number is made up: an old Node cannot be had on every machine that runs this.
    const script = `
      Object.defineProperty(process.versions, 'node', { value: '18.20.0' });
      process.argv[1] = 'deploy/start.mjs';
      await import('./deploy/start.mjs');
    `;
    const child = spawnNode(['--input-type=module', '--eval', script], {});
    stops.push(() => child.kill('SIGKILL'));
    const output = await expectRefusal(child);
    expect(output).toContain('Tandem needs Node 20.9 or newer, and this is Node 18.20.0');
  });
});

describe('[R-stop] a server that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, and tells everybody to come back', async (signal) => {
    const server = await startServer();
    stops.push(() => server.stop());
    const { links } = await createRoom(server.url, { text: 'kept' });
    const { peer } = await join(server.url, links.edit.token);
    const exit = await server.kill(signal);
    expect(exit).toEqual({ code: 0, signal: null });
    expect((await peer.closed).code).toBe(4503);
    expect(peer.heard.map((message) => message.t)).toContain('drain');
    await server.restart();
    expect(await readText(server.url, links.edit.token)).toEqual({ text: 'kept', rev: 1 });
  });

  it('is the process that `npm start` started, so that signals reach it', async () => {
    const port = await freePort();
    const child = spawnNode([joinPath(root, 'deploy', 'start.mjs')], {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: folder(),
    });
    stops.push(() => child.kill('SIGKILL'));
    await healthy(`http://127.0.0.1:${port}`, child);
    expect(await child.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(child.output()).toContain(`http://localhost:${port}`);
  });
});
