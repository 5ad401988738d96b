import { spawn } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { snippet } from '../browser/yjs-pages/snippet.ts';
import {
  createRoom,
  eventually,
  postJson,
  readText,
  root,
  startServer,
  temporaryFolder,
  type TestServer,
} from '../harness/index.ts';

/** A reader's own folder, with the packages installed. */
const folder = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

it('docs/YJS.md: the code for Node reads and writes a room as it stands there, and ends', async () => {
  const file = join(folder, 'room.mjs');
  writeFileSync(file, snippet('Node'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { links } = await createRoom(server.url, { text: 'Before.\n' });
  const script = spawn(process.execPath, [file, links.edit.url], { stdio: 'pipe' });
  const exited = new Promise((resolve) => script.once('exit', resolve));
  let said = '';
  script.stdout.on('data', (data: Buffer) => (said += data.toString('utf8')));
  script.stderr.on('data', (data: Buffer) => (said += data.toString('utf8')));
  try {
    await eventually('the script to print the text', () => said === 'Before.\n\n');
    script.stdin.write('From a script.\n');
    const text = 'Before.\nFrom a script.\n';
    await eventually('its line to arrive', async () => (await readText(server.url, links.edit.token)).text === text);
    const insert = { rev: 1, type: 'insert', position: 0, text: 'By REST. ' };
    expect((await postJson(server.url, `/api/rooms/${links.edit.token}/ops`, insert)).status).toBe(200);
    await eventually('the script to print what others wrote', () => said.endsWith(`\nBy REST. ${text}\n`));
    script.stdin.end('The last one.\n');
    expect(await exited).toBe(0);
    const last = `By REST. ${text}The last one.\n`;
    await eventually(
      'its last line to arrive',
      async () => (await readText(server.url, links.edit.token)).text === last,
    );
    expect(said).not.toContain('Closed');
  } finally {
    script.kill('SIGKILL');
  }
});
