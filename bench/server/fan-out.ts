import type { Bench, Report } from '../kit/bench.ts';
import { ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { joinMore } from './rig/open-rooms.ts';
import { figuresOf, measurePhase, type PhaseColumn } from './rig/phase.ts';
import { roundsOr } from './rig/rounds.ts';
import { agreeAndClose, openScenes } from './rig/scenes.ts';
import { withServers } from './rig/servers.ts';

const LISTENERS = [100, 500, 1_000, 2_000];
/** The one that the issue has a goal for. */
const JUDGED = 1_000;
/** Characters in a second: somebody who is in a hurry. */
const PER_SECOND = 20;
const WARM_MS = 500;
const MS = 1_000;
const ROUNDS = 3;
const ROUNDS_BESIDES = 1;

const COLUMNS: readonly PhaseColumn[] = [
  { key: 'p50', title: 'p50, ms' },
  { key: 'p99', title: 'p99, ms', base: BARE },
  { key: 'cpuPer1k', title: 'CPU ms / 1,000 delivered', base: BARE },
  { key: 'rss', title: 'RSS, MB' },
  { key: 'down', title: 'bytes down' },
];

export const bench: Bench = {
  name: 'fan-out',
  title: 'One who writes, and many who read',
  about:
    'One room, in which one types 20 characters a second, with more and more listeners. Three rounds with 1,000 listeners, one with other numbers.',
  needsBuild: true,
  run,
};

async function run(): Promise<Report> {
  const tables = await withServers(PEERS, async (servers) => {
    const scenes = await openScenes(servers, { rooms: 1, members: 1 });
    const found: { listeners: number; table: Table }[] = [];
    let before = 0;
    for (const listeners of LISTENERS) {
      for (const { rooms } of scenes) for (const room of rooms) await joinMore(room, listeners - before);
      before = listeners;
      const phase = { writers: 1, perSecond: PER_SECOND };
      for (const scene of scenes) await measurePhase({ ...scene, ...phase, ms: WARM_MS });
      const results = await takeTurns(scenes, (scene) => measurePhase({ ...scene, ...phase, ms: MS }), {
        rounds: roundsOr(listeners === JUDGED ? ROUNDS : ROUNDS_BESIDES),
        warmUp: false,
      });
      const rows = results.map(({ name, rounds }) => ({ name, figures: figuresOf(rounds, COLUMNS) }));
      found.push({
        listeners,
        table: { title: `${listeners.toLocaleString('en-US')} listeners`, columns: COLUMNS, rows },
      });
    }
    await agreeAndClose(scenes);
    return found;
  });
  const judged = tables.find(({ listeners }) => listeners === JUDGED)?.table;
  if (judged === undefined) throw new Error('What is judged was not measured.');
  return {
    tables: tables.map(({ table }) => table),
    bars: [
      {
        what: 'Fan-out of one writer to 1,000: server CPU per delivered edit, to bare ws',
        value: ratioOf(judged, 'cpuPer1k', TANDEM, BARE),
        unit: ' ×',
        sense: 'at most',
        goal: 0.85,
        must: 1,
      },
    ],
  };
}
