import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshToken } from '../../e2e/harness/tokens.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { writeLongRoom } from '../long-room.ts';
import { tandemRoom } from './clients/tandem.ts';
import { PEERS, TANDEM } from './peers/index.ts';
import { tandemAt } from './peers/tandem.ts';
import { measureOpenings, OPENED_COLUMNS, openedFigures, type OpenedScene } from './rig/openings.ts';
import { roundsOr } from './rig/rounds.ts';
import { type Running, withServers } from './rig/servers.ts';

const REVISIONS = 100_000;
const UNITS = 100_000;
const ROUNDS = 5;
const TIMES = 10;
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
    await writeLongRoom({ dataDir, token, revisions: REVISIONS, units: UNITS });
    const peers = PEERS.map((peer) => (peer.name === TANDEM ? tandemAt(dataDir) : peer));
    return await withServers(peers, (servers) => measure(servers, token));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(servers: readonly Running[], token: string): Promise<Report> {
  const own = servers.find(({ name }) => name === TANDEM);
  if (own === undefined) throw new Error('Tandem is not there.');
  const worn = tandemRoom(own.port, token);
  const text = (await worn.freshText()) ?? '';
  const scenes: OpenedScene[] = [];
  for (const server of servers) {
    if (server === own) {
      scenes.push(await inhabited(TANDEM, own, worn), await inhabited(WITHOUT, own, await own.openRoom(text)));
    } else {
      scenes.push(await inhabited(server.name, server, await server.openRoom(text, { letters: REVISIONS })));
    }
  }
  const results = await takeTurns(scenes, (scene) => measureOpenings(scene, TIMES), { rounds: roundsOr(ROUNDS) });
  const rows = results.map(({ name, rounds }) => ({ name, figures: openedFigures(rounds) }));
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
