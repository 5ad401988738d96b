import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/browser/chromium-launch.ts';
import { createRoom, startServer } from '../../e2e/harness/index.ts';
import type { Bench } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import { valuesOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';

const UNITS = 100 * 1024;
const LINE = 'The quick brown fox jumps over the **lazy** dog, and writes it down.\n';
const ROOM = 'a room of 100 KB';
const BARE = 'a page without a room';
/** A name of Lezer's Markdown grammar, which is a language and therefore not of the first load. */
const GRAMMAR = 'ATXHeading';

interface Scene {
  name: string;
  url: string;
}

interface Load {
  readable: number;
  /** Only a room takes keys. */
  typed: number | null;
  script: number;
  grammar: number;
  style: number;
  html: number;
}

export const bench: Bench = {
  name: 'page-load',
  title: 'From the address to the first letter',
  about:
    'A first visit with an empty cache, in Chromium, by its own performance API: milliseconds from the start of the navigation ' +
    'to the first paint, which has the text in it, and until a key that was pressed as soon as there was an editor is in the ' +
    'text. Beside it the same server’s barest page, which is the framework alone. Bytes are bodies as they were sent (brotli).',
  needsBuild: true,
  async run() {
    const server = await startServer();
    const browser = await chromium.launch(chromiumLaunch(process.env));
    try {
      const text = `# A long room\n\n${LINE.repeat(UNITS / LINE.length)}`;
      const { links } = await createRoom(server.url, { text });
      const scenes = [
        { name: ROOM, url: `${server.url}/r/${links.edit.token}` },
        { name: BARE, url: `${server.url}/no/such/page` },
      ];
      const rows = (await takeTurns(scenes, (scene) => load(browser, scene))).map(({ name, rounds }) => ({
        name,
        figures: {
          readable: rounds.map((round) => round.readable),
          typed: rounds.flatMap((round) => round.typed ?? []),
          script: rounds.map((round) => round.script),
          grammar: rounds.map((round) => round.grammar),
          style: rounds.map((round) => round.style),
          html: rounds.map((round) => round.html),
        },
      }));
      const times: Table = {
        title: 'Until a room can be read and written',
        columns: [
          { key: 'readable', title: 'readable, ms', base: BARE },
          { key: 'typed', title: 'first key in the text, ms' },
        ],
        rows,
      };
      const bytes: Table = {
        title: 'What is sent for it',
        columns: [
          { key: 'script', title: 'script, bytes' },
          { key: 'grammar', title: 'grammar of Markdown, bytes' },
          { key: 'style', title: 'style, bytes' },
          { key: 'html', title: 'HTML, bytes' },
        ],
        rows,
        note: 'Brotli, which browsers take by https and from their own machine; by gzip it is 15 % more.',
      };
      const middle = (table: Table, key: string) => median(valuesOf(table, ROOM, key));
      return {
        tables: [times, bytes],
        bars: [
          {
            what: 'a room of 100 KB is readable',
            value: middle(times, 'readable'),
            unit: ' ms',
            sense: 'at most',
            goal: 500,
          },
          {
            what: 'its first key is accepted',
            value: middle(times, 'typed'),
            unit: ' ms',
            sense: 'at most',
            goal: 1_000,
          },
          {
            what: 'its JavaScript before anything optional',
            value: middle(bytes, 'script') / 1024,
            unit: ' KB',
            sense: 'at most',
            goal: 250,
          },
        ],
      };
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

async function load(browser: Browser, { name, url }: Scene): Promise<Load> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const grammars: string[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      // The page may be closed before a late one is read.
      const note = (body: string) => body.includes(GRAMMAR) && grammars.push(response.url());
      response.text().then(note, () => undefined);
    });
    await page.goto(url, { waitUntil: 'commit' });
    let typed: number | null = null;
    if (name === ROOM) {
      const editor = page.locator('.cm-content[contenteditable=true]');
      await editor.waitFor();
      await editor.focus();
      await page.keyboard.type('§');
      const seen = await page.waitForFunction(
        () => document.querySelector('.cm-content')?.textContent?.includes('§') === true && performance.now(),
      );
      typed = Number(await seen.jsonValue());
    }
    await page.waitForLoadState('networkidle');
    const { readable, html, files } = await page.evaluate(() => ({
      readable: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      html: (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).encodedBodySize,
      files: (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map((file) => ({
        url: file.name,
        bytes: file.encodedBodySize,
      })),
    }));
    const sum = (belongs: (url: string) => boolean) =>
      files.filter((file) => belongs(new URL(file.url).pathname)).reduce((total, { bytes }) => total + bytes, 0);
    const isGrammar = (path: string) => grammars.some((one) => new URL(one).pathname === path);
    return {
      readable,
      typed,
      script: sum((path) => path.endsWith('.js') && !isGrammar(path)),
      grammar: sum(isGrammar),
      style: sum((path) => path.endsWith('.css')),
      html,
    };
  } finally {
    await context.close();
  }
}
