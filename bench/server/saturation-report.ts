import type { Report } from '../kit/bench.ts';
import { bestOf, ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { measurePhase, type Phase } from './rig/phase.ts';
import { roundsOr } from './rig/rounds.ts';
import { agreeAndClose, openScenes, type Scene } from './rig/scenes.ts';
import { withServers } from './rig/servers.ts';

/** Beyond it a text does not feel shared any more. */
const MOST_P99_MS = 100;
const STEP_MS = 1_000;
/** Who needs so much longer than the step for what was typed in it cannot keep up. */
const SATURATED = 1.5;
/** How much faster each step is than the one before. */
const FASTER = 2;
const ROUNDS = 1;

export interface SaturationScene {
  title: string;
  rooms: number;
  members: number;
  /** Deliveries in a second of the first step, all rooms together. */
  from: number;
  /** The last of them is more than any has reached within bounds; it ends there at the latest. */
  steps: number;
}

interface Ramp {
  /** Deliveries in a second of the fastest step whose 99th percentile was within bounds; 0 if none was. */
  within: number;
  /** Deliveries for a second of the server's CPU in the step that was too much: all that one core gives. */
  perCpuSecond: number;
  /** The server's memory in that step, in MB. */
  rss: number;
  /** Of the latency in that step, in ms. */
  p99: number;
}

/**
 * Everybody types, twice as fast in each step, until the server cannot keep up: a busy machine alone makes single letters late
 * long before that.
 */
export async function saturationReport(scene: SaturationScene): Promise<Report> {
  const results = await withServers(PEERS, async (servers) => {
    const scenes = await openScenes(servers, scene);
    const rounds = await takeTurns(scenes, (one) => climb(one, scene), { rounds: roundsOr(ROUNDS), warmUp: false });
    await agreeAndClose(scenes);
    return rounds;
  });
  const table: Table = {
    title: scene.title,
    columns: [
      { key: 'perCpuSecond', title: 'delivered / CPU s, saturated', base: BARE },
      { key: 'within', title: `delivered / s, p99 ≤ ${MOST_P99_MS} ms`, base: BARE },
      { key: 'p99', title: 'p99 when saturated, ms' },
      { key: 'rss', title: 'RSS, MB' },
    ],
    rows: results.map(({ name, rounds }) => ({
      name,
      figures: {
        perCpuSecond: rounds.map(({ perCpuSecond }) => perCpuSecond),
        within: rounds.map(({ within }) => within),
        p99: rounds.map(({ p99 }) => p99),
        rss: rounds.map(({ rss }) => rss),
      },
    })),
    note: 'Clients that have an edit under way keep what is typed meanwhile and send it as one (Tandem, ShareDB), or send each character at once (Yjs), as their own do. One round, because it takes long; `BENCH_ROUNDS=3` takes three. Rates beyond what the generator’s core can read are not reached by anybody.',
  };
  const best = bestOf(table, 'perCpuSecond', { wanted: 'most', except: [TANDEM, BARE] });
  return {
    tables: [table],
    bars: [
      {
        what: `${scene.title}: delivered edits per CPU second, to ${best}`,
        value: ratioOf(table, 'perCpuSecond', TANDEM, best),
        unit: ' ×',
        sense: 'at least',
        goal: 2,
        must: 1.2,
        obstacle: 'Nobody waits longer than 90 ms for others to share a frame with.',
      },
    ],
  };
}

async function climb({ server, rooms }: Scene, { members, from, steps }: SaturationScene): Promise<Ramp> {
  let within = 0;
  let last: Phase | null = null;
  for (let step = 0; step < steps; step++) {
    const delivered = from * FASTER ** step;
    const perSecond = delivered / (members - 1);
    last = await measurePhase({ server, rooms, writers: members, perSecond, ms: STEP_MS });
    if (last.p99 <= MOST_P99_MS) within = (last.delivered * 1_000) / last.took;
    if (last.took > SATURATED * STEP_MS) break;
  }
  if (last === null) throw new Error('There was no step.');
  return { within, perCpuSecond: (last.delivered * 1_000) / last.cpu, rss: last.rss, p99: last.p99 };
}
