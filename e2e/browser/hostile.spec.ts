import type { Browser, Page } from '@playwright/test';
import { createRoom, eventually, HOSTILE_LABELS, HOSTILE_TEXTS, join, readText, request } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';
import { watchHarm } from './watch-harm.ts';

/** A key is on the screen within this time, in ms, and so is anything that somebody else asks the server. */
const PATIENCE_MS = 2_000;
const TITLE = `</title></script><script>window.tandemRan=1;alert(1)</script>"'&<b>\u202eltr\u202c`;
const SHOWN_TITLE = `</title></script><script>window.tandemRan=1;alert(1)</script>"'&<b>ltr`;

/** A page that writes down whatever a hostile text may have reached. */
async function watchedPage(browser: Browser): Promise<{ room: RoomPage; expectHarmless: () => Promise<void> }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const room = new RoomPage(page);
  const expectNoHarm = await watchHarm(page);
  return {
    room,
    async expectHarmless() {
      await expectNoHarm();
      // Nothing in the text can be pressed, fetched or run.
      await expect(
        page.locator('main').locator('a, iframe, script, svg, object, embed, [src], [href], [onerror]'),
      ).toHaveCount(0);
      room.expectQuietConsole();
    },
  };
}

/** Waits until the whole text, as a reader would copy it, is `text`: a long one is not in the editor at once. */
async function expectCopied(room: RoomPage, text: string): Promise<void> {
  // A megabyte in a failure's message helps nobody: a boolean is polled.
  await expect.poll(async () => (await copied(room)) === text, { timeout: 15_000 }).toBe(true);
}

async function copied({ page, editor }: RoomPage): Promise<string> {
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  return editor.evaluate((element) => {
    const data = new DataTransfer();
    element.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  });
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

for (const [name, text] of HOSTILE_TEXTS) {
  test(`[P7] ${name}: shown as it is, nothing runs, and one can write`, async ({ browser, server }) => {
    const { links } = await createRoom(server.url, { text, title: TITLE });
    const elsewhere = await createRoom(server.url, { text: 'elsewhere' });
    const { peer } = await join(server.url, elsewhere.links.edit.token);

    const view = await watchedPage(browser);
    const opened = view.room.page.goto(`${server.url}/r/${links.view.token}`);
    const asked = performance.now();
    expect((await request(server.url, 'GET', '/healthz')).status).toBe(200);
    await peer.submit({ t: 'op', seq: 1, rev: 1, op: ['x'] });
    expect(performance.now() - asked, 'others wait, ms').toBeLessThan(PATIENCE_MS);
    await opened;
    await expect(view.room.editor).toBeVisible();
    await expectCopied(view.room, text);
    await expect(view.room.page).toHaveTitle(`${SHOWN_TITLE} – Tandem`);
    await view.expectHarmless();
    await view.room.page.context().close();

    const edit = await watchedPage(browser);
    await edit.room.open(`${server.url}/r/${links.edit.token}`);
    await expectCopied(edit.room, text);
    await edit.room.caretToEnd();
    for (const key of 'yz') {
      const pressed = performance.now();
      await edit.room.type(key);
      await nextFrame(edit.room.page);
      const took = performance.now() - pressed;
      test.info().annotations.push({ type: 'key', description: `${name}: ${Math.round(took)} ms` });
      expect(took, `${key}, ms`).toBeLessThan(PATIENCE_MS);
    }
    await edit.room.expectSaved();
    expect((await readText(server.url, links.edit.token)).text).toBe(`${text}yz`);
    await edit.expectHarmless();
    await edit.room.page.context().close();
    peer.close();
  });
}

test('[P7] hostile names and titles are words, in the list, at carets and in the bar', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: 'one line\n\n\n\nand another' });
  const ann = await watchedPage(browser);
  const { page } = ann.room;
  await ann.room.open(`${server.url}/r/${links.edit.token}`);
  const peers = [];
  for (const [at, [, label]] of HOSTILE_LABELS.entries()) {
    const { peer } = await join(server.url, links.edit.token, { name: label, person: `person ${at}` });
    peer.send({ t: 'cursor', rev: 1, ranges: [[at, at]] });
    peers.push(peer);
  }
  const tags = () => ann.room.caretTags().allTextContents();
  const names = HOSTILE_LABELS.map(([, , cleaned]) => cleaned);
  await eventually('the carets', async () => (await tags()).length === names.length);
  expect((await tags()).toSorted()).toEqual(names.toSorted());
  // Marks and length stay inside the tag.
  for (const box of await ann.room.caretTags().locator('bdi').all()) {
    const size = await box.evaluate((element) => ({ height: element.clientHeight, width: element.clientWidth }));
    expect(size.height).toBeLessThanOrEqual(18);
    expect(size.width).toBeLessThanOrEqual(300);
  }

  await page.getByRole('button', { name: /more$/ }).click();
  const list = page.getByRole('dialog').locator('bdi');
  for (const name of names) await expect(list.getByText(name, { exact: true }).last()).toBeVisible();
  await page.keyboard.press('Escape');

  for (const [, label, cleaned] of HOSTILE_LABELS) {
    peers[0]?.send({ t: 'room', title: label });
    await expect(page).toHaveTitle(`${cleaned} – Tandem`);
    await expect(page.getByRole('banner').locator('bdi').getByText(cleaned, { exact: true }).first()).toBeVisible();
  }
  await ann.expectHarmless();
  await page.context().close();
  for (const peer of peers) peer.close();
});
