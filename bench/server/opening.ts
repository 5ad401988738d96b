import { pause } from '../../e2e/harness/eventually.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { wordsOf } from './rig/open-rooms.ts';
import { measureOpenings, OPENED_COLUMNS, openedFigures, type OpenedScene } from './rig/openings.ts';
import { roundsOr } from './rig/rounds.ts';
import { type Running, withServers } from './rig/servers.ts';

/** So often has a server opened rooms before a rest, and after it: code that ran a few times only is compiled in those that are counted. */
const LEAD_IN = { before: 100, after: 1_200 };
const LEAD_IN_UNITS = 100_000;
/** After so much rest, in ms, V8 has tidied up, and Tandem has packed what was made before: once for all the times that it is opened. */
const REST_MS = 13_000;

interface Size {
  title: string;
  units: number;
  rounds: number;
  times: number;
  without: readonly string[];
  note?: string;
}

const SIZES: readonly Size[] = [
  { title: '100 KB', units: 100_000, rounds: 5, times: 5, without: [] },
  { title: '1 MB', units: 1_000_000, rounds: 5, times: 30, without: [] },
  {
    title: '10 MB',
    units: 10_000_000,
    rounds: 2,
    times: 1,
    without: [TANDEM],
    note: 'A text of Tandem has at most 2 Mi units, which is told to clients and held to: it cannot take part.',
  },
];

export const bench: Bench = {
  name: 'opening',
  title: 'Opening a large text',
  about:
    'Somebody opens a room in which one is already, again and again, after 1,300 times in another one on the same server, which was made some while ago as they all were. The text came in one piece, which is good for Yjs. Time is until the last byte has come, without what a client does with it. Bare ws sends a stored text.',
  needsBuild: true,
  run: () => withServers(PEERS, measure),
};

async function measure(servers: readonly Running[]): Promise<Report> {
  const tables: Table[] = [];
  const bars: Bar[] = [];
  const known = await inhabitAll(servers, { units: LEAD_IN_UNITS, without: [] });
  const sizes: { size: Size; scenes: OpenedScene[] }[] = [];
  for (const size of SIZES) sizes.push({ size, scenes: await inhabitAll(servers, size) });
  for (const room of known) await measureOpenings(room, LEAD_IN.before);
  await pause(REST_MS);
  for (const room of known) await measureOpenings(room, LEAD_IN.after);
  for (const { size, scenes } of sizes) {
    const { title, rounds, times, note } = size;
    const results = await takeTurns(scenes, (scene) => measureOpenings(scene, times), { rounds: roundsOr(rounds) });
    const rows = results.map(({ name, rounds: opened }) => ({ name, figures: openedFigures(opened) }));
    const table: Table = { title, columns: OPENED_COLUMNS, rows, ...(note !== undefined && { note }) };
    tables.push(table);
    if (title === '1 MB') bars.push(bar(table, 'ms', 'time'), bar(table, 'cpu', 'server CPU'));
  }
  return { tables, bars };
}

/** A room on each of the servers that can have one, with somebody in it. */
async function inhabitAll(
  servers: readonly Running[],
  { units, without }: Pick<Size, 'units' | 'without'>,
): Promise<OpenedScene[]> {
  const scenes: OpenedScene[] = [];
  for (const server of servers.filter(({ name }) => !without.includes(name))) {
    const room = await server.openRoom(wordsOf(units));
    await room.join({ index: 0, saw: () => undefined }, 0);
    scenes.push({ name: server.name, server, room });
  }
  return scenes;
}

function bar(table: Table, key: 'ms' | 'cpu', what: string): Bar {
  return {
    what: `Opening 1 MB, ${what}, to bare ws`,
    value: ratioOf(table, key, TANDEM, BARE),
    unit: ' ×',
    sense: 'at most',
    goal: 1.5,
    must: 3,
    obstacle:
      'Whatever the length of the text a join costs as much again as the broadcast’s: a greeting is read, the welcome is made, others hear of the newcomer, whose number has to be on the disk before anybody sees it (a tenth of it all).',
  };
}
