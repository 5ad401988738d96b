import { createRoom, startServer } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';
import { watchRequests } from './watch-requests.ts';

/**
 * Where the built pages are; the root of the host unless the build was told otherwise. For another place:
 * `BASE_PATH=/notes npm run build`, then this test with the same BASE_PATH.
 */
const BASE = process.env['BASE_PATH'] ?? '';

test('every address lies behind the base path that the pages were built for', async ({ browser, person }) => {
  const server = await startServer(BASE === '' ? {} : { env: { BASE_PATH: BASE } });
  const home = server.url + BASE;
  try {
    const { links } = await createRoom(home, { title: 'Plans', text: 'Read me.' });
    expect(links.edit.url).toBe(`${home}/r/${links.edit.token}`);
    const readOnly = await browser.newContext({ javaScriptEnabled: false });
    const page = await readOnly.newPage();
    await page.goto(links.view.url);
    await expect(page.getByText('Read me.')).toBeVisible();
    await readOnly.close();

    const ann = await person(home);
    const asked = watchRequests(ann.page);
    await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    expect(ann.page.url()).toBe(`${home}/r/${ann.token()}`);
    await ann.type('one ');
    await ann.expectSaved();
    await ann.page.getByRole('button', { name: 'Share' }).click();
    await expect(ann.page.getByText(/Edit link copied/)).toBeVisible();
    const link = await ann.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(ann.page.url());
    await ann.page.keyboard.press('Escape');
    const bob = await person(home, link.split('/').at(-1));
    await bob.expectText('one ');
    await bob.page.getByRole('button', { name: 'More' }).click();
    const [download] = await Promise.all([
      bob.page.waitForEvent('download'),
      bob.page.getByRole('button', { name: 'Download', exact: true }).click(),
    ]);
    expect(await download.failure()).toBeNull();

    await bob.page.goto(`${home}/r/${'x'.repeat(22)}`);
    await expect(bob.page.getByRole('heading', { name: 'There is no room here.' })).toBeVisible();
    await bob.page.getByRole('link', { name: 'Start a new room' }).click();
    await bob.ready();
    expect(bob.page.url()).toBe(`${home}/r/${bob.token()}`);

    await expect
      .poll(() => ann.page.evaluate(async () => (await navigator.serviceWorker.ready).scope), { timeout: 30_000 })
      .toBe(`${home}/`);
    const kept = () =>
      ann.page.evaluate(async () => (await (await caches.open('tandem-1')).keys()).map(({ url }) => url));
    await expect.poll(kept, { timeout: 30_000 }).toEqual(expect.arrayContaining([`${home}/`, `${home}/offline`]));
    await server.kill('SIGTERM');
    await ann.page.reload();
    await ann.expectText('one ');
    await ann.expectStatus('offline');
    await ann.page.goto(`${home}/`);
    await ann.ready();
    expect(asked.filter((url) => url.startsWith('http') && !url.startsWith(`${home}/`))).toEqual([]);
  } finally {
    await server.stop();
  }
});
