import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../../e2e/harness/eventually.ts';
import { freshToken } from '../../e2e/harness/tokens.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { ratioOf, type Table } from '../kit/table.ts';
import { writeLongRoom } from '../long-room.ts';
import { tandemRoom } from './clients/tandem.ts';
import { PEERS, TANDEM } from './peers/index.ts';
import { tandemAt } from './peers/tandem.ts';
import {
  measureBoth,
  measureOpenings,
  type Opened,
  OPENED_COLUMNS,
  openedFigures,
  type OpenedScene,
} from './rig/openings.ts';
import { untilQuiet } from './rig/process-meter.ts';
import { roundsOr } from './rig/rounds.ts';
import { type Running, withServers } from './rig/servers.ts';

const REVISIONS = 100_000;
const UNITS = 100_000;
/** Only the newest is read, and the others are not to be compressed just while rooms are opened. */
const SNAPSHOT_EVERY = 20_000;
const ROUNDS = 5;
/** The two of Tandem are what is compared, and so little apart that a few openings would not tell. */
const TIMES = { compared: 60, others: 10 };
/** So often have those two been opened before anything counts: code that ran a few times only is compiled in those that are counted. */
const LEAD_IN = 600;
/** So long after its start Tandem packs rooms that nobody writes in, in ms, and so long it may take. */
const REST_MS = 10_500;
const TIDY_MS = 5_000;
const WITHOUT = 'Tandem, the same text without history';

export const bench: Bench = {
  name: 'opening-history',
  title: 'Opening a room with a long history',
  about:
    'A text that 100,000 edits have led to, the same for all. Of Yjs it is a text of that length, of which 100,000 characters were inserted one by one, with the caret going elsewhere after twenty; ShareDB and bare ws open the newest text whatever there was before, so theirs has no history.',
  needsBuild: true,
  run,
};

async function run(): Promise<Report> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const token = freshToken();
  try {
    await writeLongRoom({ dataDir, token, revisions: REVISIONS, units: UNITS, snapshotEvery: SNAPSHOT_EVERY });
    const peers = PEERS.map((peer) => (peer.name === TANDEM ? tandemAt(dataDir) : peer));
    return await withServers(peers, (servers) => measure(servers, token));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(servers: readonly Running[], token: string): Promise<Report> {
  const began = performance.now();
  const own = servers.find(({ name }) => name === TANDEM);
  if (own === undefined) throw new Error('Tandem is not there.');
  const worn = tandemRoom(own.port, token);
  const text = (await worn.freshText()) ?? '';
  const others: OpenedScene[] = [];
  for (const server of servers) {
    if (server !== own)
      others.push(await inhabited(server.name, server, await server.openRoom(text, { letters: REVISIONS })));
  }
  const pair = [await inhabited(TANDEM, own, worn), await inhabited(WITHOUT, own, await own.openRoom(text))] as const;
  for (const scene of pair) await measureOpenings(scene, LEAD_IN);
  for (const scene of others) await measureOpenings(scene, TIMES.others);
  await pause(began + REST_MS - performance.now());
  await untilQuiet(own.pid, TIDY_MS);

  const rounds = new Map([...others, ...pair].map(({ name }) => [name, [] as Opened[]]));
  for (let round = 0; round < roundsOr(ROUNDS); round++) {
    for (const scene of others) rounds.get(scene.name)?.push(await measureOpenings(scene, TIMES.others));
    for (const [name, opened] of await measureBoth(pair, TIMES.compared)) rounds.get(name)?.push(opened);
  }
  const rows = [...rounds].map(([name, opened]) => ({ name, figures: openedFigures(opened) }));
  const table: Table = { title: '100,000 revisions', columns: OPENED_COLUMNS, rows };
  return { tables: [table], bars: [bar(table, 'ms', 'time'), bar(table, 'cpu', 'server CPU')] };
}

async function inhabited(name: string, server: Running, room: OpenedScene['room']): Promise<OpenedScene> {
  await room.join({ index: 0, saw: () => undefined }, 0);
  return { name, server, room };
}

function bar(table: Table, key: 'ms' | 'cpu', what: string): Bar {
  return {
    what: `Opening a room with 100,000 revisions, ${what}, to one without history`,
    value: ratioOf(table, key, TANDEM, WITHOUT),
    unit: ' ×',
    sense: 'at most',
    goal: 1.2,
    must: 1.2,
  };
}
