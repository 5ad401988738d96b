import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Of WCAG 2.2 AA, and off by default. Everything else that axe knows for AA is on, best practice included. */
const RULES = { 'target-size': { enabled: true } };

/** What another colour scheme can break. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** How long there is for a second look, in ms. Names at carets fade sooner, and slow machines look slowly. */
const AGAIN_MS = 30_000;

async function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
}

/** A layer that still fades in has its own opacity, which is no contrast to judge. What goes on for ever is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
      );
    // One that is taken back is over too.
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/**
 * axe puts together what it found in a page of its own, for which the browser starts a process: half of all its work. It has
 * to where one frame must not trust another; what is alone says the same without.
 */
export function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1);
}

/** Looked at twice before anything is called a fault: something may have begun to fade meanwhile, as the name at a caret does. */
async function expectNone(page: Page, builder: () => AxeBuilder, where: string): Promise<void> {
  await expect(async () => {
    await settled(page);
    const { violations } = await builder().analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      where,
    ).toEqual([]);
  }).toPass({ timeout: AGAIN_MS });
}

/**
 * axe finds nothing in what is drawn now, of any impact: by all its rules in the colours of now, and by those about
 * colours in the other scheme, for a page that follows the system. The page has the scheme it had when this ends.
 */
export async function expectNoFaults(page: Page): Promise<void> {
  const dark = await isDark(page);
  const all = () => axeOn(page).options({ rules: RULES });
  await expectNone(page, all, dark ? 'in the dark' : 'in the light');
  await page.emulateMedia({ colorScheme: dark ? 'light' : 'dark' });
  const ofColours = () => axeOn(page).withRules(OF_COLOURS);
  await expectNone(page, ofColours, dark ? 'in the light' : 'in the dark');
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}
