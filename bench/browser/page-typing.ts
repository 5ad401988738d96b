import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/browser/chromium-launch.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { median, percentile } from '../kit/numbers.ts';
import { startRoomyServer } from './kit/roomy-server.ts';
import { typeInPage, type Scene, type TypedPage } from './kit/typed-page.ts';

const MB = 1024 * 1024;
const EMPTY = { name: 'empty', units: 0, typists: 0 };
/** What the goals are about. */
const BUSY = { name: '1 MB, 20 typists', units: MB, typists: 20 };
/** Measured in each of the rounds, since they are compared; the others only in the first one. */
const COMPARED: readonly Scene[] = [EMPTY, BUSY];
const OTHERS: readonly Scene[] = [
  { name: '10 KB', units: 10 * 1024, typists: 0 },
  { name: '5 MB, 20 typists', units: 5 * MB, typists: 20 },
];
const ROUNDS = 3;

export const bench: Bench = {
  name: 'page-typing',
  title: 'Typing and scrolling in the page',
  about: `A room is opened (*readable*: its first lines are painted; *takes keys*: so is the editor; from the navigation, with the browser's caches
of the server's files empty). Then somebody types 100 words a minute, 4 s after 2.5 that are not counted, into the first line of a room in Chromium, whose text is empty (the base), or Markdown of 10 KB, alone, or
1 MB or 5 MB (for which the server's limit is raised) with 20 typists, real clients in a process of their own,
who type 60 words a minute each, five of them in lines that the page shows, fifteen anywhere in the text. Typists and server would be on other
machines, so here they have the least priority and take what the page leaves. *Painted* is when the main
thread is done with the frame that shows the letter: a MutationObserver sees the change, and a message that was posted from
an animation frame comes when style, layout and paint of that frame are over; what the compositor does then is not in it.
Event Timing, which the browser rounds to 8 ms and tells only from 16 ms on, goes until the frame is presented. Others' letters
are timed from their key to this page's paint, by the machine's one clock. Then the text is scrolled by the wheel and by
jumps of the bar, while everybody types on. Tasks are those of 50 ms or more of the performance API (0: none). Times are as the
clock has them, so a machine that does other things too makes them long: *main thread* is time on the processor.`,
  needsBuild: true,
  run,
};

async function run(): Promise<Report> {
  const server = await startRoomyServer();
  const browser = await chromium.launch(chromiumLaunch(process.env));
  const results = new Map<string, TypedPage[]>();
  const measure = async (scene: Scene) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const result = await typeInPage(context, server.url, scene);
    await context.close();
    results.set(scene.name, [...(results.get(scene.name) ?? []), result]);
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const scene of COMPARED) await measure(scene);
      if (round === 0) for (const scene of OTHERS) await measure(scene);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  const scenes = [EMPTY, ...OTHERS.slice(0, 1), BUSY, ...OTHERS.slice(1)];
  return { tables: [tableOf(scenes, results)], bars: barsOf(results) };
}

function tableOf(
  scenes: readonly Scene[],
  results: ReadonlyMap<string, readonly TypedPage[]>,
): Report['tables'][number] {
  return {
    title: 'By length of the text and number of typists',
    columns: [
      { key: 'readable', title: 'readable, ms' },
      { key: 'editable', title: 'takes keys, ms' },
      { key: 'p50', title: 'own key painted, p50, ms' },
      { key: 'p95', title: 'p95, ms' },
      { key: 'events', title: 'by Event Timing, p95, ms' },
      { key: 'others', title: 'others’ key painted, p95, ms' },
      { key: 'mainThread', title: 'main thread, ms of each s' },
      { key: 'typing', title: 'longest task typing, ms' },
      { key: 'scrolling', title: 'scrolling, ms' },
      { key: 'heap', title: 'heap, MB' },
    ],
    rows: scenes.map(({ name }) => {
      const rounds = results.get(name) ?? [];
      const each = (figure: (round: TypedPage) => number) => rounds.map(figure).filter((value) => !Number.isNaN(value));
      return {
        name,
        figures: {
          readable: each(({ readable }) => readable),
          editable: each(({ editable }) => editable),
          p50: each(({ keys }) => percentile(keys, 0.5)),
          p95: each(ownP95),
          events: each(eventP95),
          others: each(({ others }) => percentile(others, 0.95)),
          mainThread: each(({ mainThread }) => mainThread),
          typing: each(({ longestTyping }) => longestTyping),
          scrolling: each(({ longestScrolling }) => longestScrolling),
          heap: each(({ heap }) => heap / MB),
        },
      };
    }),
  };
}

function barsOf(results: ReadonlyMap<string, readonly TypedPage[]>): Bar[] {
  const busy = results.get(BUSY.name) ?? [];
  const empty = results.get(EMPTY.name) ?? [];
  const most = (what: string, value: number, goal: number, must: number, obstacle?: string): Bar => ({
    what: `${what}, 1 MB with 20 typists`,
    value,
    unit: ' ms',
    sense: 'at most',
    goal,
    must,
    ...(obstacle !== undefined && { obstacle }),
  });
  const own = busy.map(ownP95);
  const beyond = median(own.map((value, round) => value - ownP95(empty[round] ?? { keys: [] })));
  return [
    most('Own key painted, p95, beyond an empty editor', beyond, 16, 50),
    most('Own key painted, p95', median(own), 50, 50),
    most('Others’ key painted, p95', median(busy.map(({ others }) => percentile(others, 0.95))), 500, 500),
    most('Longest task while scrolling', median(busy.map(({ longestScrolling }) => longestScrolling)), 100, 100),
  ];
}

function ownP95({ keys }: Pick<TypedPage, 'keys'>): number {
  return percentile(keys, 0.95);
}

/** The quick ones are not told of; they took 16 ms at the most. */
function eventP95({ keys, events }: TypedPage): number {
  const quick = Array.from({ length: Math.max(0, keys.length - events.length) }, () => 16);
  return percentile([...events, ...quick], 0.95);
}
