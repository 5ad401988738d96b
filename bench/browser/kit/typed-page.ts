import type { BrowserContext } from '@playwright/test';
import { createRoom, pause } from '../../../e2e/harness/index.ts';
import { longestTask, scrollThrough } from './scroll-through.ts';
import { openProbedPage, type Probed, type ProbedPage } from './probed-page.ts';
import { LINE_OF, textForTypists } from './typed-lines.ts';
import { startTypists, type Typists } from './typists.ts';

/** How long the person at the page types in each round, in ms. */
const TYPING_MS = 4_000;
/** As long as they type before that, in ms: the first seconds of a page that was just opened go to compiling it. */
const WARM_MS = 2_500;
/** Between two of their keys, in ms, on average: 100 words a minute. */
const KEY_MS = 120;
/** The same of a typist: 60 words a minute. */
const TYPIST_MS = 200;
/** Typists whose lines the page shows. */
const NEAR = 5;
/** REST takes no more units than this in one request; more is typed in. */
const MOST_OVER_REST = 1_500_000;
/** What the page fetches when it has been quiet for a while is here by then, in ms. */
const QUIET_MS = 2_500;

const OWN_WORDS = 'it is said that whoever writes a letter sees it at once ';

export interface Scene {
  name: string;
  /** UTF-16 units of the text; 0 is a fresh room. */
  units: number;
  typists: number;
}

/** What one round gave. Times are ms. */
export interface TypedPage {
  /** From the navigation to the first lines painted; NaN of a text that has none. */
  readable: number;
  /** To an editor that takes keys, painted. */
  editable: number;
  /** From each own key to its paint. */
  keys: number[];
  /** Of those that took 16 ms or more, by Event Timing. */
  events: number[];
  /** From the key of each typist in sight to the paint on the page. */
  others: number[];
  /** Time on the processor that the page's main thread took of each second in which it was typed in. */
  mainThread: number;
  longestTyping: number;
  longestScrolling: number;
  /** JavaScript heap after a collection, bytes. */
  heap: number;
}

/** Opens the scene's room, types in it, scrolls through it, and measures both. */
export async function typeInPage(context: BrowserContext, url: string, scene: Scene): Promise<TypedPage> {
  const typists = startTypists();
  const probed = await openProbedPage(context);
  try {
    return await measure(probed, typists, url, scene);
  } finally {
    typists.close();
    await probed.page.close();
  }
}

async function measure(probed: ProbedPage, typists: Typists, url: string, scene: Scene): Promise<TypedPage> {
  const { page, cdp } = probed;
  await page.goto(await roomFor(typists, url, scene));
  await page.locator('main .cm-content[contenteditable=true]').waitFor();
  await page.waitForLoadState('networkidle');
  await pause(QUIET_MS);
  await page.locator('main .cm-content').focus();
  await page.keyboard.press('Control+Home');
  await probed.watch();
  await typists.tell({ do: 'type', everyMs: TYPIST_MS });
  await typeHere(probed, WARM_MS);
  await probed.clear();
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyBefore = await busyMs(probed);
  const took = await typeHere(probed, TYPING_MS);
  const mainThread = ((await busyMs(probed)) - busyBefore) / (took / 1_000);
  const typed = await probed.read();
  await probed.clear();
  await scrollThrough(page);
  const scrolled = await probed.read();
  const { typedAt } = await typists.tell({ do: 'stop' });
  return {
    readable: typed.readable ?? Number.NaN,
    editable: typed.editable ?? Number.NaN,
    keys: typed.keys,
    events: typed.events,
    others: delaysOf(typed, typedAt),
    mainThread,
    longestTyping: longestTask(typed),
    longestScrolling: longestTask(scrolled),
    heap: await heapOf(probed),
  };
}

/** The address of the room, with the typists in it. */
async function roomFor(typists: Typists, url: string, { units, typists: count }: Scene): Promise<string> {
  if (units === 0) return `${url}/`;
  const text = textForTypists(units, count, NEAR);
  const { links } = await createRoom(url, text.length <= MOST_OVER_REST ? { text } : {});
  const { token } = links.edit;
  if (text.length > MOST_OVER_REST) await typists.tell({ do: 'fill', url, token, text });
  if (count > 0) await typists.tell({ do: 'open', url, token, count });
  return `${url}/r/${token}`;
}

/** Types at a steady pace; how long that took, in ms. */
async function typeHere({ page }: ProbedPage, ms: number): Promise<number> {
  const began = performance.now();
  for (let count = 0; performance.now() - began < ms; count++) {
    const letter = OWN_WORDS.charAt(count % OWN_WORDS.length);
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    // Not in step with the frames.
    await pause(KEY_MS * (0.5 + Math.random()));
  }
  return performance.now() - began;
}

/** From each letter of the typists that the page has shown, to its paint. */
function delaysOf({ painted }: Probed, typedAt: readonly (readonly number[])[]): number[] {
  return Object.entries(painted).flatMap(([typist, { first, at }]) => {
    const before = first - `${LINE_OF}${typist}: words`.length;
    return at.flatMap((paintedAt, index) => {
      const typed = typedAt[Number(typist)]?.[before + index];
      return typed === undefined ? [] : [paintedAt - typed];
    });
  });
}

async function busyMs({ cdp }: ProbedPage): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

async function heapOf({ cdp }: ProbedPage): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
