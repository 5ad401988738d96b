import { readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { readText, startServer, temporaryFolder } from '../harness/index.ts';
import { chromiumLaunch } from './chromium-launch.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

/** 200 characters in which a missing or doubled piece shows. */
const TWO_HUNDRED = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(3, '0')}, `).join('');

/** A browser with a profile of its own, which outlives its process. */
async function launch(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    ...chromiumLaunch(process.env),
    viewport: { width: 1280, height: 800 },
  });
}

/** Ends the browser's process as a power switch would: nobody in it can do anything more. */
async function killBrowser(context: BrowserContext, profile: string): Promise<void> {
  // Chromium names its process in the lock of its profile: "<host>-<pid>".
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  expect(pid).toBeGreaterThan(1);
  const closed = new Promise((resolve) => context.once('close', resolve));
  process.kill(pid, 'SIGKILL');
  await closed;
  for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    rmSync(join(profile, lock), { force: true });
}

async function roomIn(context: BrowserContext, url: string): Promise<RoomPage> {
  const room = new RoomPage(await context.newPage());
  await room.open(url);
  return room;
}

test('[P5] [P3] 200 characters typed offline survive the death of the browser, are there offline, and arrive once', async ({
  person,
}) => {
  const server = await startServer();
  const profile = temporaryFolder();
  try {
    const before = await launch(profile);
    const ann = await roomIn(before, `${server.url}/`);
    await ann.type('Before. ');
    await ann.expectSaved();
    const address = `${server.url}/r/${ann.token()}`;
    await ann.expectShellKept();
    const kept = await ann.page.evaluate(async () => {
      const cache = await caches.open('tandem-1');
      return (await cache.keys())
        .map(({ url }) => new URL(url).pathname)
        .filter((path) => !path.startsWith('/_next/static/'));
    });
    expect(kept.sort(), 'no text of a room and no answer of the API is cached').toEqual(['/', '/offline']);
    await server.kill('SIGTERM');
    await ann.type(TWO_HUNDRED);
    await ann.expectKept(200);
    await ann.expectStatus('offline');
    await killBrowser(before, profile);

    const after = await launch(profile);
    const again = await roomIn(after, address);
    await again.expectText(`Before. ${TWO_HUNDRED}`);
    await again.expectStatus('offline');
    await expect(again.status).toHaveAttribute('data-unsaved', '200');
    await expectNoFaults(again.page);
    await again.caretToEnd();
    await again.type('After.');
    await again.expectKept(206);
    // Another tab is another client: it shows what the server had confirmed, and takes nothing over.
    const beside = await roomIn(after, address);
    await beside.expectText('Before. ');
    await beside.expectStatus('offline');
    await beside.page.close();

    await server.restart();
    await again.expectSaved(45_000);
    const bob = await person(server.url, again.token());
    await bob.expectText(`Before. ${TWO_HUNDRED}After.`);
    expect((await readText(server.url, again.token())).text).toBe(`Before. ${TWO_HUNDRED}After.`);
    await after.close();
  } finally {
    await server.stop();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('[P5] a fresh room that was only ever written offline is there after the death of the browser, and made once', async ({
  person,
}) => {
  const server = await startServer();
  const profile = temporaryFolder();
  try {
    const before = await launch(profile);
    const visit = await roomIn(before, `${server.url}/`);
    await visit.expectShellKept();
    await server.kill('SIGTERM');
    const ann = await roomIn(before, `${server.url}/`);
    await ann.type('Written on the train.');
    await ann.expectKept(21);
    const token = ann.token();
    await killBrowser(before, profile);
    const after = await launch(profile);
    const again = await roomIn(after, `${server.url}/r/${token}`);
    await again.expectText('Written on the train.');
    // A room that this browser has never seen.
    const unknown = new RoomPage(await after.newPage());
    await unknown.page.goto(`${server.url}/r/never-seen-before`);
    await expect(unknown.page.getByText('This browser has not kept this room.')).toBeVisible();
    await unknown.page.close();
    await server.restart();
    await again.expectSaved(45_000);
    const bob = await person(server.url, token);
    await bob.expectText('Written on the train.');
    await after.close();
  } finally {
    await server.stop();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('[P5] [P3] reloading with unsent text shows it at once, and sends it once', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('saved ');
  await ann.expectSaved();
  // The socket stays broken while pages still come.
  let broken = true;
  await ann.page.context().routeWebSocket(/\/ws(\?|$)/, (socket) => {
    if (broken) void socket.close();
    else socket.connectToServer();
  });
  await ann.page.reload();
  await ann.ready();
  await ann.caretToEnd();
  await ann.type('unsent');
  await ann.expectKept(6);
  await ann.page.reload();
  await ann.ready();
  await ann.expectText('saved unsent');
  await expect(ann.status).toHaveAttribute('data-unsaved', '6');
  broken = false;
  const page = await ann.page.context().newPage();
  await ann.page.close();
  const next = new RoomPage(page);
  await next.open(`${server.url}/r/${ann.token()}`);
  await next.expectSaved();
  await next.expectText('saved unsent');
  expect((await readText(server.url, ann.token())).text).toBe('saved unsent');
});

/** The client ids of this browser's records. */
async function clients(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('tandem');
        opening.onerror = () => reject(new Error('The journal did not open.'));
        opening.onsuccess = () => {
          const keys = opening.result.transaction('records').objectStore('records').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String));
          };
        };
      }),
  );
}

for (const locks of [true, false]) {
  test(`[P3] two tabs of one browser, one of them a duplicate, are two clients (${locks ? 'with' : 'without'} Web Locks)`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext();
    if (!locks) {
      await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    }
    const one = await roomIn(context, `${server.url}/`);
    await one.type('one ');
    await one.expectSaved();
    await one.goOffline();
    await one.type('two ');
    await one.expectKept(4);
    await one.goOnline();
    // As "Duplicate tab" does, with a copy of the session's storage.
    const [duplicate] = await Promise.all([
      context.waitForEvent('page'),
      one.page.evaluate(() => void window.open(window.location.href)),
    ]);
    const two = new RoomPage(duplicate);
    await two.ready();
    await two.caretToEnd();
    await two.type('three ');
    await two.expectSaved();
    await one.expectText('one two three ');
    await expect.poll(() => clients(one.page)).toHaveLength(2);
    expect(new Set(await clients(one.page)).size).toBe(2);
    await context.close();
  });

  test(`[P5] [P3] what a closed tab left unsent is sent by another tab, once (${locks ? 'with' : 'without'} Web Locks)`, async ({
    browser,
    person,
    server,
  }) => {
    const context = await browser.newContext();
    if (!locks) {
      await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    }
    const one = await roomIn(context, `${server.url}/`);
    await one.type('one ');
    await one.expectSaved();
    const two = await roomIn(context, `${server.url}/r/${one.token()}`);
    await context.setOffline(true);
    await two.caretToEnd();
    await two.type('222222222');
    await expect(two.status).toHaveAttribute('data-kept', 'true');
    await one.page.bringToFront();
    await one.caretToEnd();
    await one.type('111111111');
    await two.page.close();
    await context.setOffline(false);
    await one.expectSaved();
    const bob = await person(server.url, one.token());
    // Which of them comes first is not told here: a first letter may have got through before the network was gone.
    const sorted = async (room: RoomPage) => (await room.text()).split('').sort().join('');
    await expect.poll(() => sorted(bob), { timeout: 40_000 }).toBe(' 111111111222222222eno');
    await one.expectText(await bob.text());
    await context.close();
  });
}

test('[P5] [P8] without IndexedDB typing works, the page says that nothing is kept, and leaving asks', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext();
  await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  const ann = await roomIn(context, `${server.url}/`);
  await ann.type('sent ');
  await ann.expectSaved();
  await ann.goOffline();
  await ann.type('waiting');
  await ann.expectStatus('offline', 3_000);
  await expect(ann.page.getByText('This browser does not let Tandem keep a copy.')).toBeVisible();
  await expect(ann.page.getByText('closing the tab loses 7 characters.')).toBeVisible();
  const asked = ann.page.waitForEvent('dialog');
  await ann.page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await ann.goOnline();
  await ann.expectSaved();
  await expect(ann.page.getByText('This browser does not let Tandem keep a copy.')).toBeHidden();
  expect((await readText(server.url, ann.token())).text).toBe('sent waiting');
  await context.close();
});

test('[P8] with a journal nobody is asked, and the details promise what is true', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('sent ');
  await ann.expectSaved();
  // Fetched while there is a network.
  await ann.status.click();
  await expect(ann.page.getByText(/Everything is on disk, up to revision/)).toBeVisible();
  await ann.page.keyboard.press('Escape');
  await ann.goOffline();
  await ann.focus();
  await ann.caretToEnd();
  await ann.type('waiting');
  await ann.expectKept(7);
  await ann.expectStatus('offline', 3_000);
  await ann.status.click();
  await expect(ann.page.getByText('Your text is safe here even if you close the tab', { exact: false })).toBeVisible();
  const asked: string[] = [];
  ann.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const closed = ann.page.waitForEvent('close');
  await ann.page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toEqual([]);
});
