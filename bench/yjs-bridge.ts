import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import {
  createRoom,
  eventually,
  freePort,
  freshToken,
  pause,
  spawnNode,
  startServer,
  temporaryFolder,
} from '../e2e/harness/index.ts';
import { openRobot } from '../e2e/harness/robot.ts';
import { openYjsRobot } from '../e2e/harness/yjs-robot.ts';
import { cpuOf } from './kit/cpu.ts';
import { ratio, summary } from './kit/numbers.ts';

/**
 * What an edit costs the server, in CPU time of its process: in a room without Yjs, in mixed rooms, in a room of Yjs clients
 * only, and on `@y/websocket-server` with the same Yjs clients. Four writers each time, each at the end of a line of its
 * own, at the same pace, and each is told everything. All take turns in each round, in a fresh room. Ours has every edit on
 * the disk before it is shown (fsync); theirs keeps everything in memory, which is its documented default.
 *
 * Run after `npm run build`, on Linux: `npx tsx bench/yjs-bridge.ts [rounds] [carets]`. With `carets` the Yjs clients tell
 * where their caret is after each letter, as y-codemirror.next does; ours need not. CPU in ms for 1,000 edits; medians of the
 * rounds, with the range in brackets.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const CARETS = process.argv[3] === 'carets';
const WRITERS = 4;
/** Letters of each writer in one round. */
const LETTERS = 500;
/** Between two letters of one writer. */
const LETTER_MS = 25;
/** Nobody types for so long before each round. */
const REST_MS = 1_000;
const LINES = 'line\n'.repeat(WRITERS);

/**
 * It needs a pre-release of Yjs 14, which must not come near the Yjs that we use, and the newest of its own libraries ask for
 * packages that are not published: so it is installed in a folder of its own, with one of them held back.
 */
const THEIRS = {
  private: true,
  dependencies: { '@y/websocket-server': '0.1.5' },
  overrides: { '@y/protocols': '1.0.6-1' },
};

interface Writer {
  text(): string;
  insert(at: number, letter: string): void;
  ready(): Promise<void>;
  close(): void;
}

interface Site {
  url: string;
  pid: number;
  /** A fresh room with a line for each writer. */
  room(): Promise<string>;
}

interface Scene {
  name: string;
  site: Site;
  open: (url: string, token: string) => Writer;
  /** How the last of them join, if otherwise. */
  openOthers?: (url: string, token: string) => Writer;
}

function otWriter(url: string, token: string): Writer {
  const robot = openRobot({ url, token });
  return {
    text: robot.text,
    insert: (at, letter) => robot.edit([at, letter]),
    ready: () => robot.settled(),
    close: robot.close,
  };
}

function yjsWriter(url: string, token: string): Writer {
  const robot = openYjsRobot({ url, token, name: 'Writer' });
  const { ytext, awareness } = robot;
  return {
    text: robot.text,
    insert(at, letter) {
      ytext.insert(at, letter);
      if (CARETS) awareness.setLocalStateField('cursor', { anchor: position(at + 1), head: position(at + 1) });
    },
    ready: () => robot.synced(),
    close: robot.close,
  };
  function position(at: number): Y.RelativePosition {
    return Y.createRelativePositionFromTypeIndex(ytext, at);
  }
}

function endOfLine(text: string, line: number): number {
  let at = -1;
  for (let count = 0; count <= line; count++) at = text.indexOf('\n', at + 1);
  return at;
}

async function type(writer: Writer, line: number): Promise<void> {
  const began = performance.now() + (line * LETTER_MS) / WRITERS;
  for (let count = 0; count < LETTERS; count++) {
    await pause(Math.max(0, began + count * LETTER_MS - performance.now()));
    writer.insert(endOfLine(writer.text(), line), String.fromCharCode(97 + line));
  }
}

/** CPU ms for 1,000 edits. */
async function measure({ site, open, openOthers = open }: Scene): Promise<number> {
  const token = await site.room();
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    (index < WRITERS / 2 ? open : openOthers)(site.url, token),
  );
  try {
    await Promise.all(writers.map((writer) => writer.ready()));
    await eventually('everybody to have the text', () => writers.every((writer) => writer.text() === LINES));
    await pause(REST_MS);
    const before = cpuOf(site.pid);
    await Promise.all(writers.map(type));
    const length = LINES.length + WRITERS * LETTERS;
    await eventually('everybody to have all letters', () => writers.every((writer) => writer.text().length === length));
    const used = cpuOf(site.pid) - before;
    const [first, ...others] = writers.map((writer) => writer.text());
    if (others.some((text) => text !== first)) throw new Error('The texts differ.');
    return (used * 1_000) / (WRITERS * LETTERS);
  } finally {
    for (const writer of writers) writer.close();
  }
}

async function startTheirs(folder: string): Promise<Site & { stop(): Promise<unknown> }> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(THEIRS));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: 'inherit' });
  const port = await freePort();
  const program = join(folder, 'node_modules', '@y', 'websocket-server', 'src', 'server.js');
  const server = spawnNode([program], { HOST: '127.0.0.1', PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  await eventually('their server to listen', async () => (await fetch(url)).ok);
  return {
    url,
    pid: server.pid,
    async room() {
      const token = freshToken();
      const robot = openYjsRobot({ url, token });
      await robot.synced();
      robot.ytext.insert(0, LINES);
      const other = openYjsRobot({ url, token });
      await other.shows(LINES);
      robot.close();
      other.close();
      return token;
    },
    stop: () => server.kill('SIGTERM'),
  };
}

const folder = temporaryFolder();
const theirs = await startTheirs(folder);
const server = await startServer({ env: { MAX_SOCKETS_PER_ADDRESS: '10000' } });
const ours: Site = {
  url: server.url,
  pid: server.pid,
  room: async () => (await createRoom(server.url, { text: LINES })).links.edit.token,
};
const scenes: Scene[] = [
  { name: 'Tandem, 4 of its own clients', site: ours, open: otWriter },
  { name: 'Tandem, 2 of its own and 2 Yjs', site: ours, open: otWriter, openOthers: yjsWriter },
  { name: 'Tandem, 4 Yjs', site: ours, open: yjsWriter },
  { name: '@y/websocket-server, 4 Yjs', site: theirs, open: yjsWriter },
];

try {
  // Compiles, and fills the caches.
  for (const scene of scenes) await measure(scene);
  const results = scenes.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, scene] of scenes.entries()) results[index]?.push(await measure(scene));
  }
  const idle = [ours, theirs].map(({ pid }) => cpuOf(pid));
  await pause(LETTERS * LETTER_MS);
  const [idleOurs, idleTheirs] = [ours, theirs].map(({ pid }, index) => cpuOf(pid) - (idle[index] ?? 0));
  const bases = [results[0] ?? [], results[3] ?? []];
  console.log(`CPU ms of the server for 1,000 edits${CARETS ? ', Yjs clients with carets' : ''}: median (range)`);
  for (const [index, { name }] of scenes.entries()) {
    const values = results[index] ?? [];
    const ratios = bases.map((base) => ratio(values, base));
    console.log(
      `${name.padEnd(32)} ${summary(values, 0).padEnd(20)} × ${ratios[0]?.toFixed(2)} of the first, × ${ratios[1]?.toFixed(2)} of the last`,
    );
  }
  console.log(
    `With nobody typing for as long as a round takes: ours ${idleOurs?.toFixed(0)} ms, theirs ${idleTheirs?.toFixed(0)} ms, not subtracted.`,
  );
} finally {
  await server.stop();
  await theirs.stop();
  rmSync(folder, { recursive: true, force: true });
}
