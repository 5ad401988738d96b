import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Writes down from now on what a hostile text may have reached on a page. Gives what expects that it has reached nothing. */
export async function watchHarm(page: Page): Promise<() => Promise<void>> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { tandemViolations: violations });
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
  });
  return async () => {
    const seen = await page.evaluate(() => ({
      ran: Reflect.get(window, 'tandemRan') as unknown,
      violations: Reflect.get(window, 'tandemViolations') as unknown,
    }));
    expect(seen).toEqual({ ran: undefined, violations: [] });
    expect(dialogs).toEqual([]);
  };
}
