import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/browser/chromium-launch.ts';
import { createRoom, pause, startServer } from '../../e2e/harness/index.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import type { Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { readBudgets, type Budget, type DeviceBudget } from './kit/budgets.ts';
import { builtFiles, filesOfBodies, filesOfPart, weigh } from './kit/built-parts.ts';
import { openProbedPage } from './kit/probed-page.ts';
import { prose } from './kit/prose.ts';

const UNITS = 100 * 1024;
const ROUNDS = 3;
/** Languages are not of the first load: a name of Lezer's Markdown grammar. */
const GRAMMAR = 'ATXHeading';
/** What the page fetches when it has been quiet for a while is here by then, in ms. */
const QUIET_MS = 2_500;
/** Beyond it a task keeps somebody waiting, in ms. */
const LONG_MS = 50;

/** What a first visit gave. */
interface Visit {
  largestPaint: number;
  blocking: number;
  layoutShift: number;
  scripts: Buffer[];
  /** So many of them are the first load; the rest was fetched in the quiet after it. */
  first: number;
}

export const bench: Bench = {
  name: 'page-budgets',
  title: 'Budgets of the room page',
  about: `A first visit to a room of 100 KB with an empty cache, on a desktop and on a phone's view with a processor that Chromium makes
four times slower, by the browser's performance API: largest contentful paint, what tasks take beyond 50 ms each between the first
paint and quiet (total blocking time), cumulative layout shift. The page is then left alone until it has fetched what it
fetches by itself, and none of it may be of an optional part. Parts are weighed as they were built: the files that have a part's own code,
without what it shares with others. The budgets are in \`bench/browser/budgets.json\`.`,
  needsBuild: true,
  async run() {
    const { script, parts, devices } = readBudgets();
    const server = await startServer();
    const browser = await chromium.launch(chromiumLaunch(process.env));
    try {
      const { links } = await createRoom(server.url, { text: `# Plans\n\n${prose(UNITS, 1)}` });
      const url = `${server.url}/r/${links.edit.token}`;
      const scenes = Object.entries(devices).map(([name, device]) => ({ name, device }));
      const measure = ({ device }: (typeof scenes)[number]) => visit(browser, url, device);
      // The first visit of a server reads its files; no visitor meets that.
      const [desktop] = scenes;
      if (desktop !== undefined) await measure(desktop);
      const visits = await takeTurns(scenes, measure, { rounds: ROUNDS, warmUp: false });
      const scripts = visits.flatMap(({ rounds }) => rounds.slice(0, 1).flatMap((round) => round.scripts));
      const early = Object.entries(parts).filter(([, words]) => scripts.some((body) => body.includes(words)));
      if (early.length > 0) throw new Error(`Fetched before they are used: ${early.map(([name]) => name).join(', ')}.`);
      const visitor = visits[0]?.rounds[0];
      const first = (visitor?.scripts ?? []).slice(0, visitor?.first).filter((body) => !body.includes(GRAMMAR));
      const times: Table = {
        title: 'A first visit',
        columns: [
          { key: 'largestPaint', title: 'largest paint, ms' },
          { key: 'blocking', title: 'blocking, ms' },
          { key: 'layoutShift', title: 'layout shift' },
        ],
        rows: visits.map(({ name, rounds }) => ({
          name,
          figures: {
            largestPaint: rounds.map((round) => round.largestPaint),
            blocking: rounds.map((round) => round.blocking),
            layoutShift: rounds.map((round) => round.layoutShift),
          },
        })),
      };
      const bars = visits.flatMap(({ name, rounds }): Bar[] => {
        const device = devices[name];
        if (device === undefined) return [];
        const middle = (figure: (round: Visit) => number) => median(rounds.map(figure));
        return [
          bar(
            `Largest paint, ${name}`,
            middle((round) => round.largestPaint),
            ' ms',
            device.largestPaint,
          ),
          bar(
            `Total blocking time, ${name}`,
            middle((round) => round.blocking),
            ' ms',
            device.blocking,
          ),
          bar(
            `Layout shift, ${name}`,
            middle((round) => round.layoutShift),
            '',
            device.layoutShift,
          ),
        ];
      });
      const weight = first.reduce((sum, body) => sum + gzipSync(body).length, 0);
      return {
        tables: [times, weights(first, parts)],
        bars: [...bars, bar('First JavaScript, gzip', weight, ' bytes', script)],
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

async function visit(browser: Browser, url: string, { width, height, slowdown }: DeviceBudget): Promise<Visit> {
  const phone = slowdown > 1 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {};
  const context = await browser.newContext({ viewport: { width, height }, ...phone });
  try {
    const probed = await openProbedPage(context);
    const { page, cdp } = probed;
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      // The page may be closed before a late one is read.
      scripts.push(response.body().catch(() => Buffer.alloc(0)));
    });
    await page.goto(url);
    await page.locator('main .cm-content[contenteditable=true]').waitFor();
    await page.waitForLoadState('networkidle');
    const { longTasks } = await probed.read();
    const first = scripts.length;
    const firstPaint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    await pause(QUIET_MS);
    await page.waitForLoadState('networkidle');
    const { largestPaint, layoutShift } = await probed.read();
    const blocking = longTasks
      .filter(({ start }) => start >= firstPaint)
      .reduce((sum, { ms }) => sum + ms - LONG_MS, 0);
    return { largestPaint, layoutShift, blocking, first, scripts: await Promise.all(scripts) };
  } finally {
    await context.close();
  }
}

function weights(first: readonly Buffer[], parts: Readonly<Record<string, string>>): Table {
  const files = builtFiles('.js');
  const row = (name: string, of: ReturnType<typeof builtFiles>) => {
    const { raw, gzip, brotli } = weigh(of);
    return { name, figures: { files: [of.length], raw: [raw / 1024], gzip: [gzip / 1024], brotli: [brotli / 1024] } };
  };
  return {
    title: 'Code by part',
    columns: [
      { key: 'files', title: 'files' },
      { key: 'raw', title: 'KB' },
      { key: 'gzip', title: 'gzip, KB' },
      { key: 'brotli', title: 'brotli, KB' },
    ],
    rows: [
      row('first load of a room', filesOfBodies(files, first)),
      row('grammar of Markdown', filesOfPart(files, 'the grammar', GRAMMAR)),
      ...Object.entries(parts).map(([name, words]) => row(name, filesOfPart(files, name, words))),
      row('all JavaScript of the build', files),
      row('all CSS of the build', builtFiles('.css')),
    ],
  };
}

function bar(what: string, value: number, unit: string, budget: Budget): Bar {
  return { what, value, unit, sense: 'at most', ...budget };
}
