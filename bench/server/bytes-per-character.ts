import { median } from '../kit/numbers.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { type Table, valuesOf } from '../kit/table.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { figuresOf, measurePhase, type PhaseColumn } from './rig/phase.ts';
import { agreeAndClose, openScenes } from './rig/scenes.ts';
import { withServers } from './rig/servers.ts';

/** Characters in a second: a quick typist. At this pace nobody merges anything. */
const PER_SECOND = 10;
const MS = 5_000;
/** Before that so many at this pace: numbers of revisions in a room that is used are not short ones. */
const BEFORE = { perSecond: 100, ms: 5_000 };

const COLUMNS: readonly PhaseColumn[] = [
  { key: 'up', title: 'bytes up', base: BARE },
  { key: 'down', title: 'bytes down', base: BARE },
];

export const bench: Bench = {
  name: 'bytes-per-character',
  title: 'Bytes for a typed character',
  about:
    'One types 10 characters a second and one reads. Bytes on the socket with WebSocket framing, without TCP: what the writer sends, and what the reader gets. Each in the encoding that its own client uses.',
  needsBuild: true,
  run,
};

async function run(): Promise<Report> {
  // Bytes do not depend on who else is busy: all at once.
  const rows = await withServers(PEERS, async (servers) => {
    const scenes = await openScenes(servers, { rooms: 1, members: 2 });
    await Promise.all(scenes.map((scene) => measurePhase({ ...scene, writers: 1, ...BEFORE })));
    const rounds = await Promise.all(
      scenes.map((scene) => measurePhase({ ...scene, writers: 1, perSecond: PER_SECOND, ms: MS })),
    );
    await agreeAndClose(scenes);
    return scenes.map(({ name }, index) => ({ name, figures: figuresOf(rounds.slice(index, index + 1), COLUMNS) }));
  });
  const table: Table = { title: 'Bytes for a typed character', columns: COLUMNS, rows };
  const bar = (key: string, what: string, goal: number, must: number) => ({
    what: `Bytes ${what} for a typed character`,
    value: median(valuesOf(table, TANDEM, key)),
    unit: ' bytes',
    sense: 'at most' as const,
    goal,
    must,
  });
  return { tables: [table], bars: [bar('up', 'up', 24, 60), bar('down', 'down', 20, 55)] };
}
