import type { Page, WebSocketRoute } from '@playwright/test';
import { createRoom, join, readText, startServer, type TestServer } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

const ADMIN = 'for-keepers-only';

async function keptServer(): Promise<TestServer> {
  return startServer({ env: { ADMIN_TOKEN: ADMIN, NODE_NAME: 'north-1' } });
}

/** Writes a letter each 50 ms until stopped. */
async function robot(url: string, token: string): Promise<() => Promise<void>> {
  const { peer } = await join(url, token);
  let isOn = true;
  const typing = (async () => {
    for (let seq = 1; isOn; seq++) {
      await peer.submit({ t: 'op', seq, rev: seq - 1, op: seq === 1 ? ['x'] : [seq - 1, 'x'] });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    isOn = false;
    await typing;
    peer.close();
  };
}

/** What the canvas of a chart shows: how many of its pixels are not empty. */
function inkOf(page: Page, chart: number): Promise<number> {
  return page
    .getByTestId('chart')
    .nth(chart)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return Array.from(data).filter((value, at) => at % 4 === 3 && value > 0).length;
    });
}

test('figures and charts move while a robot types; after its death the server is said to be silent', async ({
  page,
}) => {
  const server = await keptServer();
  const { links } = await createRoom(server.url, { title: 'Secret plans' });
  const stop = await robot(server.url, links.edit.token);
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await page.goto(`${server.url}/status`);
  const health = page.getByTestId('health');
  await expect(health).toHaveAttribute('data-health', 'normal');
  await expect(page.getByTestId('rooms')).toHaveText('1');
  await expect(page.getByTestId('people')).toHaveText('1');
  await expect(page.getByTestId('edits')).toHaveText(/^([5-9]|\d\d)(\.\d)?\/s$/);
  await expect(page.getByTestId('ack')).toHaveText(/^\d+(\.\d)?ms$/);
  await expect.poll(() => inkOf(page, 0)).toBeGreaterThan(100);
  await expect.poll(() => inkOf(page, 1)).toBeGreaterThan(20);
  await expect(page.getByTestId('chart').first()).toHaveAccessibleName(/^Edits per second. Now \d/);
  await expect(page.getByRole('table', { name: 'Nodes' }).getByRole('row').nth(1)).toContainText('north-1serving');
  await expect(page.getByRole('table', { name: 'Storage' }).getByRole('row').nth(1)).toContainText('north-1working');
  // What everybody may see names no room.
  expect(heard.join('')).not.toContain('Secret plans');

  await stop();
  await expect(page.getByTestId('edits')).toHaveText('0/s');
  await expect(page.getByTestId('people')).toHaveText('0');
  await server.kill('SIGKILL');
  await expect(health).toHaveAttribute('data-health', 'stale', { timeout: 15_000 });
  await expect(health).toContainText(/No data for \d+ s/);
  await expectNoFaults(page);
  await server.restart();
  await expect(health).toHaveAttribute('data-health', 'normal', { timeout: 30_000 });
  await server.stop();
});

test('behind every chart is a table', async ({ page, server }) => {
  await page.goto(`${server.url}/status`);
  await expect(page.getByTestId('health')).toHaveAttribute('data-health', 'normal');
  const tables = page.getByText('Show as table');
  await expect(tables).toHaveCount(2);
  for (const name of ['Edits per second', 'Edit to acknowledgement']) {
    await tables.nth(name === 'Edits per second' ? 0 : 1).click();
    const rows = page.getByRole('table', { name }).getByRole('row');
    await expect.poll(() => rows.count()).toBeGreaterThan(1);
    await expect(rows.nth(1)).toContainText(/\d\d:\d\d:\d\d/);
  }
  await expectNoFaults(page);
});

test('trouble is said in words: a node that drains, one that is silent, a storage that cannot write', async ({
  page,
  server,
}) => {
  let socket: WebSocketRoute | null = null;
  await page.routeWebSocket('**/status/ws', (route) => {
    socket = route;
    route.send(JSON.stringify({ t: 'welcome', node: 'north-1', admin: false }));
  });
  await page.goto(`${server.url}/status`);
  const health = page.getByTestId('health');
  await expect(health).toContainText('Connecting');
  const say = (node: string, more: object): void => socket?.send(JSON.stringify({ t: 'sample', node, at: 1, ...more }));
  const state = { channel: 'nodes', rooms: 1, people: 1, memory: 212e6, upMs: 8e8, version: '1' };
  // The page may say that it connects before its socket is here.
  await expect.poll(() => socket !== null).toBe(true);
  say('north-2', { ...state, role: 'serving' });
  let down = false;
  const timer = setInterval(() => {
    say('north-1', { ...state, role: 'draining' });
    say('north-1', { channel: 'storage', up: !down, bus: true, append: null, waiting: 3, failures: 7 });
  }, 500);
  try {
    await expect(health).toContainText('north-1 is draining');
    const rows = page.getByRole('table', { name: 'Nodes' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('draining');
    await expect(rows.nth(2)).toContainText(/No data for \d+ s/);
    await expect(rows.nth(2)).toContainText('9 d');
    down = true;
    await expect(health).toContainText('The storage cannot write');
    await expect(page.getByRole('table', { name: 'Storage' })).toContainText('failing');
    await expectNoFaults(page);
    // Without a keeper there is no field for a token.
    await expect(page.getByLabel('Admin token')).toHaveCount(0);
  } finally {
    clearInterval(timer);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone, ${colorScheme}, everything fits and is accessible; a theme can be chosen`, async ({ browser }) => {
    const server = await keptServer();
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    const page = await context.newPage();
    await page.goto(`${server.url}/status`);
    await expect(page.getByTestId('health')).toHaveAttribute('data-health', 'normal');
    await expect(page.getByLabel('Admin token')).toBeVisible();
    const widthOf = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await widthOf()).toBe(390);
    await expectNoFaults(page);
    await page.getByRole('button', { name: colorScheme === 'light' ? 'Dark' : 'Light' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme === 'light' ? 'dark' : 'light');
    await page.goto(`${server.url}/admin`);
    await expect(page.getByLabel('Admin token')).toBeVisible();
    expect(await widthOf()).toBe(390);
    await expectNoFaults(page);
    await context.close();
    await server.stop();
  });
}

test('[P10] whoever keeps the server sees titles, closes a room and deletes one; a wrong token is refused', async ({
  page,
  person,
}) => {
  const server = await keptServer();
  const { links } = await createRoom(server.url, { title: 'Minutes', text: 'kept' });
  await createRoom(server.url, { title: 'Other' });
  const ann = await person(server.url, links.edit.token);

  await page.goto(`${server.url}/status`);
  const field = page.getByLabel('Admin token');
  await field.fill('for-somebody-else');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.getByText('That is not the admin token.')).toBeVisible();
  await expectNoFaults(page);
  await field.fill(ADMIN);
  await expect
    .poll(
      async () => {
        if (await field.isVisible()) await page.getByRole('button', { name: 'Enter' }).click();
        return page.getByRole('table', { name: 'Busiest rooms' }).isVisible();
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  await expect(page.getByRole('table', { name: 'Busiest rooms' })).toContainText('Minutes1');
  await page.getByRole('link', { name: 'All rooms' }).click();

  const row = page.getByRole('row').filter({ hasText: 'Minutes' });
  await expect(row).toContainText('1');
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Close Minutes' }).click();
  await expect(page.getByText('Minutes was closed. Whoever was in it is coming back.')).toBeVisible();
  await ann.focus();
  await ann.caretToEnd();
  await ann.type('!');
  await ann.expectSaved();
  expect((await readText(server.url, links.edit.token)).text).toBe('kept!');

  await page.getByRole('button', { name: 'Delete Minutes' }).click();
  await expect(page.getByText('Nothing brings them back.')).toBeVisible();
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByText('Minutes was deleted.')).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'Other' })).toHaveCount(1);
  await ann.expectStatus('lost');

  await page.getByRole('button', { name: 'Forget the token' }).click();
  await page.reload();
  await expect(page.getByLabel('Admin token')).toBeVisible();
  await expect(page.getByText('Other')).toHaveCount(0);
  await server.stop();
});

test('the page of a room carries nothing of the dashboard', async ({ page, server }) => {
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text());
  });
  await page.goto(`${server.url}/`, { waitUntil: 'networkidle' });
  const all = (await Promise.all(scripts)).join('');
  expect(all.length).toBeGreaterThan(100_000);
  for (const word of ['uplot', 'Edit to acknowledgement', 'Admin token']) expect(all).not.toContain(word);
});
