import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

export interface Probed {
  keys: number[];
  events: number[];
  longTasks: { start: number; ms: number }[];
  painted: Record<string, { first: number; at: number[] }>;
  layoutShift: number;
  largestPaint: number;
  readable: number | null;
  editable: number | null;
}

/** A page that is measured from its first moment, by `page-probe.ts`. */
export interface ProbedPage {
  page: Page;
  cdp: CDPSession;
  read(): Promise<Probed>;
  /** Forgets what was measured of keys and tasks. */
  clear(): Promise<void>;
  /** Watches the editor's text from now on; it has to be there. */
  watch(): Promise<void>;
}

/** How long a page may take for anything, in ms: the machine may be busy. */
const PATIENCE_MS = 120_000;

const script = transformSync(readFileSync(new URL('page-probe.ts', import.meta.url), 'utf8'), { loader: 'ts' }).code;

export async function openProbedPage(context: BrowserContext): Promise<ProbedPage> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(script);
  page.setDefaultTimeout(PATIENCE_MS);
  return {
    page,
    cdp,
    async read() {
      const { painted, ...probed } = await page.evaluate<Probed>('({ ...probe })');
      return { ...probed, painted };
    },
    clear: () => page.evaluate('probe.clear()'),
    watch: () => page.evaluate('probe.watch()'),
  };
}
