import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../e2e/browser/chromium-launch.ts';
import { createRoom, startServer } from '../e2e/harness/index.ts';

/**
 * How soon a room of 100 KB can be read, and takes its first key, beside the same server's barest page (the framework
 * alone), interleaved. Run after `npm run build`: `npx tsx bench/page-load.ts [rounds]`. Times are milliseconds from
 * the start of the navigation; medians, with the range in brackets.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const UNITS = 100 * 1024;

interface Load {
  /** First contentful paint. */
  readable: number;
  /** A key that was pressed as soon as there was an editor is in the text. */
  typed: number | null;
}

async function load(browser: Browser, url: string, isRoom: boolean): Promise<Load> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  let typed: number | null = null;
  if (isRoom) {
    await page.locator('.cm-content[contenteditable=true]').waitFor();
    await page.locator('.cm-content[contenteditable=true]').focus();
    await page.keyboard.type('§');
    typed = await page
      .waitForFunction(
        () => document.querySelector('.cm-content')?.textContent?.includes('§') === true && performance.now(),
      )
      .then((handle) => handle.jsonValue())
      .then(Number);
  }
  await page.waitForLoadState('load');
  const readable = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await context.close();
  return { readable, typed };
}

function summary(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) =>
    Math.round(value ?? Number.NaN),
  );
  return `${median} (${least}–${most})`;
}

const server = await startServer();
const browser = await chromium.launch(chromiumLaunch(process.env));
try {
  const line = 'The quick brown fox jumps over the **lazy** dog, and writes it down.\n';
  const { links } = await createRoom(server.url, { text: `# A long room\n\n${line.repeat(UNITS / line.length)}` });
  const room = `${server.url}/r/${links.edit.token}`;
  const bare = `${server.url}/no/such/page`;
  // The first visit of each compiles and reads files; it is not what people meet.
  await load(browser, room, true);
  await load(browser, bare, false);
  const rooms: Load[] = [];
  const bares: Load[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rooms.push(await load(browser, room, true));
    bares.push(await load(browser, bare, false));
  }
  console.log(`bare page readable   ${summary(bares.map((one) => one.readable))} ms`);
  console.log(`100 KB room readable ${summary(rooms.map((one) => one.readable))} ms`);
  console.log(`100 KB room, first key in the text ${summary(rooms.flatMap((one) => one.typed ?? []))} ms`);
} finally {
  await browser.close();
  await server.stop();
}
