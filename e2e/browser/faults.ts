import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Of WCAG 2.2 AA, and off by default. Everything else that axe knows for AA is on, best practice included. */
const RULES = { 'target-size': { enabled: true } };

/** What another colour scheme can break. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

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

async function faultsOf(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * axe finds nothing in what is drawn now, of any impact: by all its rules in the colours of now, and by those about
 * colours in the other scheme, for a page that follows the system. The page has the scheme it had when this ends.
 */
export async function expectNoFaults(page: Page): Promise<void> {
  await settled(page);
  const dark = await isDark(page);
  const here = await faultsOf(new AxeBuilder({ page }).options({ rules: RULES }));
  expect(here, dark ? 'in the dark' : 'in the light').toEqual([]);
  await page.emulateMedia({ colorScheme: dark ? 'light' : 'dark' });
  await settled(page);
  const there = await faultsOf(new AxeBuilder({ page }).withRules(OF_COLOURS));
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  expect(there, dark ? 'in the light' : 'in the dark').toEqual([]);
}
