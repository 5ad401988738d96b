import { setTimeout as pause } from 'node:timers/promises';
import type { Bar } from '../kit/bar.ts';
import type { Report } from '../kit/bench.ts';
import { bestOf, ratioOf, type Row, type Table, valuesOf } from '../kit/table.ts';
import { median } from '../kit/numbers.ts';
import { ROUNDS, takeTurns } from '../kit/take-turns.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { measureFsync } from './rig/fsync.ts';
import { figuresOf, measurePhase, type PhaseColumn } from './rig/phase.ts';
import { roundsOr } from './rig/rounds.ts';
import { withServers } from './rig/servers.ts';
import { agreeAndClose, openScenes } from './rig/scenes.ts';

/**
 * Servers compile what they have run often, and until then are slower than they will be for the rest of their lives, so all of them are
 * typed in first, at the same time. After a few seconds of rest V8 tidies up for the first time, and throws away most of what it has compiled,
 * since what that knew of the start is gone; so they rest, and are typed in once more.
 */
const LEAD_IN_MS = 6_000;
const REST_MS = 9_000;

export interface TypingScene {
  title: string;
  rooms: number;
  members: number;
  writers: number;
  /** Of each writer, in a second. */
  characters: number;
  ms: number;
  rounds?: number;
  /** How long they are typed in after the rest, in ms; what they compile comes to its end the later the less is typed. */
  leadInMs?: number;
  /** Times the CPU of the bare broadcast; without it the scene is told and not judged by that. */
  cpu?: { goal: number; must: number; obstacle?: string };
  /** It is so large that edits of the same moment share frames, for which they may wait; without it, latency is compared with the best peer's. */
  isPaced?: boolean;
}

/** What somebody else's letter may take in a room that shares frames, in ms. */
const PACED_MS = 100;

/** Columns of all tables of typing. */
export const TYPING_COLUMNS: readonly PhaseColumn[] = [
  { key: 'p50', title: 'p50, ms', base: BARE },
  { key: 'p95', title: 'p95, ms', base: BARE },
  { key: 'p99', title: 'p99, ms' },
  { key: 'cpuPer1k', title: 'CPU ms / 1,000 delivered', base: BARE },
  { key: 'rss', title: 'RSS, MB' },
  { key: 'down', title: 'bytes down' },
  { key: 'up', title: 'bytes up' },
  { key: 'messages', title: 'messages' },
];

/** All peers type in each round, each in its own rooms; rejects if any two members, or the server, end with different texts. */
export async function typingReport(scene: TypingScene): Promise<Report> {
  const fsyncs: { p50: number; p95: number }[] = [];
  const { writers, characters, ms } = scene;
  const perSecond = characters * writers * scene.rooms;
  const results = await withServers(PEERS, async (servers) => {
    const scenes = await openScenes(servers, scene);
    const leadIn = (length: number) =>
      Promise.all(scenes.map((one) => measurePhase({ ...one, writers, perSecond, ms: length })));
    await leadIn(LEAD_IN_MS);
    await pause(REST_MS);
    await leadIn(scene.leadInMs ?? LEAD_IN_MS);
    const rounds = await takeTurns(
      scenes,
      (one) => {
        if (one.name === TANDEM) fsyncs.push(measureFsync());
        return measurePhase({ ...one, writers, perSecond, ms });
      },
      { rounds: roundsOr(scene.rounds ?? ROUNDS), warmUp: false },
    );
    await agreeAndClose(scenes);
    return rounds;
  });
  const fsync = median(fsyncs.map(({ p95 }) => p95));
  const usual = median(fsyncs.map(({ p50 }) => p50)).toFixed(2);
  const table: Table = {
    title: scene.title,
    columns: TYPING_COLUMNS,
    rows: results.map(({ name, rounds }): Row => ({ name, figures: figuresOf(rounds, TYPING_COLUMNS) })),
    note: `Tandem alone has an edit on its disk before anybody sees it. A page and \`fsync\` took ${usual} ms meanwhile, and ${fsync.toFixed(2)} ms at the 95th percentile.`,
  };
  return {
    tables: [table],
    bars: [...cpuBars(scene, table), scene.isPaced === true ? pacedBar(table) : latencyBar(table, fsync)],
  };
}

function cpuBars({ title, cpu }: TypingScene, table: Table): Bar[] {
  if (cpu === undefined) return [];
  const value = ratioOf(table, 'cpuPer1k', TANDEM, BARE);
  return [{ what: `${title}: server CPU per delivered edit, to bare ws`, value, unit: ' ×', sense: 'at most', ...cpu }];
}

function pacedBar(table: Table): Bar {
  return {
    what: `${table.title}: p95 to the others’ sockets`,
    value: median(valuesOf(table, TANDEM, 'p95')),
    unit: ' ms',
    sense: 'at most',
    goal: PACED_MS,
    must: PACED_MS,
  };
}

function latencyBar(table: Table, fsync: number): Bar {
  const best = bestOf(table, 'p95', { wanted: 'least', except: [TANDEM, BARE] });
  const late = median(
    valuesOf(table, TANDEM, 'p95').map((p95, round) => p95 - (valuesOf(table, best, 'p95')[round] ?? 0)),
  );
  return {
    what: `${table.title}: p95 to the others’ sockets, later than ${best}’s`,
    value: late,
    unit: ' ms',
    sense: 'at most',
    goal: fsync,
    obstacle:
      'It is on the disk and checked first, and our path is longer than a relay’s. A server that hears more than 100 messages a second hands them on in beats of up to 90 ms, for the sake of its CPU (docs/decisions/server-speed.md).',
  };
}
