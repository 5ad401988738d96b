import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, freePort, request, root, temporaryFolder } from '../harness/index.ts';
import { type RunningProcess, spawnProgram } from '../harness/processes.ts';
import { mortal } from '../harness/programs.ts';

/** Without an engine for containers the image is a folder, filled by the same instructions. */
const dockerfile = readFileSync(join(root, 'deploy', 'docker', 'Dockerfile'), 'utf8');
const [build = '', final = ''] = dockerfile.split(/^FROM .*$/m).slice(1);

/** Nobody's, as the image's `node`. */
const USER = 65_534;

let image: string;
let url: string;
let server: RunningProcess;
beforeAll(async () => {
  image = temporaryFolder();
  const app = join(image, 'app');
  const data = join(image, 'data');
  await buildStage(join(image, 'build'));
  for (const [from, to] of copies(final)) {
    const target = to.endsWith('/') ? join(app, to, basename(from)) : join(app, to);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(image, 'build', from), target);
  }
  mkdirSync(data);
  chmodSync(data, 0o777);
  for (const folder of [image, app]) chmodSync(folder, 0o755);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const user = process.getuid?.() === 0 ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'] : [];
  const change = ['env', '-C', app, `PORT=${port}`, `DATA_DIR=${data}`, 'HOST=127.0.0.1', 'NEXT_TELEMETRY_DISABLED=1'];
  server = spawnProgram([...user, ...mortal(), ...change, ...commandOf(/^CMD (\[.*\])$/m)]);
  await eventually('the server in the image', () => server.output().includes('Tandem is at'), 30_000);
}, 120_000);
afterAll(async () => {
  await server.kill('SIGKILL');
  rmSync(image, { recursive: true, force: true });
});

it('holds all that pages and rooms need, for a user who may not change it', async () => {
  const page = await request(url, 'GET', '/');
  expect(page.status).toBe(200);
  const [, script = ''] = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page.text()) ?? [];
  expect((await request(url, 'GET', script)).status).toBe(200);
  expect((await request(url, 'GET', '/sw.js')).status).toBe(200);
  expect((await request(url, 'POST', '/api/rooms')).status).toBe(201);
  expect(server.output()).not.toMatch(/EACCES|EROFS|"level":"(warn|error|fatal)"/);
});

it('is healthy by its own check, and not when nobody is there', () => {
  const [program = '', ...args] = commandOf(/^HEALTHCHECK .* CMD (\[.*\])$/m);
  const check = (port: string): number | null =>
    spawnSync(program, args, { env: { PATH: process.env['PATH'] ?? '', PORT: port, NODE_ENV: 'production' } }).status;
  expect(check(new URL(url).port)).toBe(0);
  expect(check('1')).toBe(1);
});

it('holds nothing that only builds and tests need', () => {
  for (const path of ['node_modules/vitest', 'node_modules/typescript', 'e2e', 'server', '.git', '.next/cache']) {
    expect(existsSync(join(image, 'app', path)), path).toBe(false);
  }
});

it('ends politely when the engine stops it', async () => {
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

/** The first stage, with the build that lies here in place of a new one, since `npm test` has just made it. */
async function buildStage(folder: string): Promise<void> {
  mkdirSync(folder);
  const commands = [...build.matchAll(/^RUN (.*)$/gm)].map(([, command = '']) => command);
  expect(commands).toEqual([
    'npm ci --include=dev --no-audit --no-fund',
    'node deploy/build.mjs && rm -rf .next/cache',
    'npm prune --omit=dev --no-audit --no-fund',
  ]);
  for (const path of ['package.json', 'package-lock.json', 'next.config.mjs', 'deploy', 'public', '.next', 'dist']) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  link(join(root, 'node_modules'), join(folder, 'node_modules'));
  // npm writes its record of what is installed in place, which would change ours: it makes another one.
  rmSync(join(folder, 'node_modules', '.package-lock.json'));
  rmSync(join(folder, '.next', 'cache'), { recursive: true, force: true });
  const prune = spawnProgram(['env', '-C', folder, 'sh', '-c', `${commands[2]} --offline`]);
  expect((await prune.exited).code, prune.output()).toBe(0);
}

/** Where from and where to, relative to the folder of the stage before and to ours. */
function copies(stage: string): [from: string, to: string][] {
  return [...stage.matchAll(/^COPY --from=build (.*)$/gm)].flatMap(([, words = '']) => {
    const paths = words.split(' ');
    const to = paths.pop() ?? '';
    return paths.map((from): [string, string] => [from.replace('/app/', ''), to]);
  });
}

/** What programs keep beside the libraries for themselves: it is none of the image's, and others may be writing there now. */
const PRIVATE = new Set(['.cache', '.vite']);

/** Copies the libraries, 600 MB, by links to their files. Whoever writes into one of them in place writes into both. */
function link(from: string, to: string): void {
  mkdirSync(to);
  const names = readdirSync(from).filter((name) => !PRIVATE.has(name));
  const { status, stderr } = spawnSync('cp', ['-al', ...names.map((name) => join(from, name)), to], {
    encoding: 'utf8',
  });
  // Another file system has no links to ours.
  if (status !== 0) for (const name of names) cpSync(join(from, name), join(to, name), { recursive: true });
  if (!existsSync(join(to, 'next'))) throw new Error(`${from} cannot be copied: ${stderr}`);
}

function commandOf(line: RegExp): string[] {
  return JSON.parse(line.exec(final)?.[1] ?? '[]') as string[];
}
