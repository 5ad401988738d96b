import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../e2e/browser/chromium-launch.ts';
import { freePort, freshToken, healthy, spawnServer, temporaryFolder } from '../e2e/harness/index.ts';
import { seededRandom } from '../lib/testing/index.ts';
import { writeLongRoom } from './long-room.ts';
import { summary } from './kit/numbers.ts';

/**
 * How soon a long history is seen, and how soon a moment of it, in Chromium against the real server. Run after `npm run
 * build`: `npx tsx bench/history-page.ts [revisions] [units]`. Milliseconds, median and range: from the key to the drawn
 * timeline, and from the head's move to the text of the moment on the page with who and when.
 */
const REVISIONS = Number(process.argv[2] ?? 50_000);
const UNITS = Number(process.argv[3] ?? 20_000);
const OPENINGS = 5;
const SEEKS = 15;

const dataDir = temporaryFolder();
const token = freshToken();
await writeLongRoom({ dataDir, token, revisions: REVISIONS, units: UNITS });
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = spawnServer({ port, dataDir, env: { MAX_SOCKETS_PER_ADDRESS: '10000' } });
const browser = await chromium.launch(chromiumLaunch(process.env));
try {
  await healthy(url, server);
  console.log(`${REVISIONS} revisions, ${UNITS} units; load ${loadavg()[0]?.toFixed(1)}`);
  const opened: number[] = [];
  const jumps: number[] = [];
  const steps: number[] = [];
  const random = seededRandom(7);
  for (let count = 0; count < OPENINGS; count++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/r/${token}`);
    await page.locator('main .cm-content[contenteditable=true]').waitFor();
    await page.waitForLoadState('networkidle');
    opened.push(await open(page));
    for (let seek = 0; seek < SEEKS / OPENINGS; seek++) {
      jumps.push(await seekTo(page, 1 + random.int(REVISIONS - 1)));
      // The neighbours of a moment are fetched while it is looked at.
      await page.waitForLoadState('networkidle');
      steps.push(await seekTo(page, null));
    }
    await context.close();
  }
  const [first = Number.NaN, ...others] = opened;
  console.log(`first picture            ${summary(others, 0).padEnd(22)} first ${first.toFixed(0).padStart(5)}`);
  console.log(`seek, any revision       ${summary(jumps, 0)}`);
  console.log(`seek, the one before     ${summary(steps, 0)}`);
} finally {
  await browser.close();
  await server.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
}

/** Opens the history; the time until its bars are painted. */
function open(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const began = performance.now();
    const button = document.querySelector<HTMLElement>('header button[aria-label="History"]');
    button?.click();
    while (document.querySelector('[data-testid="timeline"] svg rect') === null) {
      await new Promise((next) => requestAnimationFrame(next));
    }
    await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - began;
  });
}

/** Puts the head at a revision, or one revision back (null); the time until that is what one reads. */
function seekTo(page: Page, rev: number | null): Promise<number> {
  return page.evaluate(async (target) => {
    const slider = document.querySelector<HTMLInputElement>('[data-testid="timeline"] input');
    if (slider === null) throw new Error('There is no slider.');
    const to = target ?? slider.valueAsNumber - 1;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const began = performance.now();
    set?.call(slider, String(to));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const wanted = new RegExp(`^Revision ${to.toLocaleString('en')}, Author`);
    while (!wanted.test(slider.getAttribute('aria-valuetext') ?? '')) {
      await new Promise((next) => requestAnimationFrame(next));
    }
    await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - began;
  }, rev);
}
