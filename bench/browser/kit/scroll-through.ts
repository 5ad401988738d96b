import type { Page } from '@playwright/test';
import { pause } from '../../../e2e/harness/index.ts';
import type { Probed } from './probed-page.ts';

/** How long the wheel is turned, px of each turn, and ms between two: a brisk hand. In ms. */
const WHEEL_MS = 2_500;
const TURN_PX = 240;
const TURN_MS = 16;
/** Places that the scroll bar is then drawn to, anywhere in the text. */
const JUMPS = [0.3, 0.9, 0.1, 0.6, 0.99, 0.45];
/** At each of them somebody looks for so long, in ms. */
const LOOK_MS = 150;

/** Scrolls down by the wheel, and then to far places by the bar. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.mouse.move(640, 400);
  for (const end = performance.now() + WHEEL_MS; performance.now() < end;) {
    await page.mouse.wheel(0, TURN_PX);
    await pause(TURN_MS);
  }
  for (const part of JUMPS) {
    await page.evaluate((to) => {
      const scroller = document.querySelector('main .cm-scroller');
      if (scroller !== null) scroller.scrollTop = to * scroller.scrollHeight;
    }, part);
    await pause(LOOK_MS);
  }
}

/** The longest of the tasks that took 50 ms or more, in ms; 0 if there was none. */
export function longestTask({ longTasks }: Probed): number {
  return Math.max(0, ...longTasks.map(({ ms }) => ms));
}
