import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

test('"Is it my network?" finds the way clear, and its report can be copied', async ({ page, server }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${server.url}/check`);
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'good', { timeout: 20_000 });
  for (const id of ['pages', 'sockets', 'buffering', 'address', 'clock', 'journal', 'space', 'secure']) {
    await expect(page.getByTestId(`finding-${id}`)).toHaveAttribute('data-state', 'good');
  }
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await expect(page.getByText('Report copied')).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain(server.url);
  expect(report).toMatch(/ok {3}Live connection: A WebSocket opens/);
  await expectNoFaults(page);
});

test('"Is it my network?" says what a proxy without upgrades breaks, and what to add', async ({ page, server }) => {
  await page.addInitScript(() => {
    // What a browser sees behind a proxy that does not pass the upgrade on.
    const Real = window.WebSocket;
    window.WebSocket = class extends Real {
      constructor(url: string | URL) {
        super(String(url).replace('/ws', '/healthz'));
      }
    };
  });
  await page.goto(`${server.url}/check`);
  const sockets = page.getByTestId('finding-sockets');
  await expect(sockets).toHaveAttribute('data-state', 'bad', { timeout: 20_000 });
  await expect(sockets).toContainText('proxy_set_header Upgrade');
  await expect(page.getByTestId('verdict')).toHaveText('Something stands in the way.');
  await expectNoFaults(page);
  await page.route('**/*', (route) => route.abort());
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByTestId('finding-pages')).toContainText('does not answer requests', { timeout: 20_000 });
});
