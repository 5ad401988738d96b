import type { Page } from '@playwright/test';
import { createRoom, request } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([fileName, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], fileName));
      const at = { clientX: 640, clientY: 200, dataTransfer: data, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent('dragover', at));
      document.body.dispatchEvent(new DragEvent('drop', at));
    },
    [name, bytes.toString('base64')] as const,
  );
}

test('/ is a fresh room: the caret is in the text, no dialog, the address bar holds the link', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  expect(ann.token()).toMatch(/^[0-9A-Za-z]{22}$/);
  await expect(ann.editor).toBeFocused();
  await expect(ann.page.getByRole('dialog')).toHaveCount(0);
  await expect(ann.status).toHaveAttribute('data-status', 'ready');
  // It costs nothing until the first letter.
  expect((await request(server.url, 'GET', `/api/rooms/${ann.token()}`)).status).toBe(404);
  await ann.type('a');
  await ann.expectSaved();
  expect((await request(server.url, 'GET', `/api/rooms/${ann.token()}`)).status).toBe(200);
  ann.expectQuietConsole();
});

test('a fresh room that was reloaded before its first letter is still a fresh room', async ({ person, server }) => {
  const ann = await person(server.url);
  const token = ann.token();
  await ann.page.reload();
  await ann.ready();
  expect(ann.token()).toBe(token);
  await ann.focus();
  await ann.type('now');
  await ann.expectSaved();
});

test('a room is readable before any script ran', async ({ browser, server }) => {
  const text = `# Plans\n\nRead <b>me</b> & smile.\n${'One of many.\n'.repeat(800)}The last line.`;
  const { links } = await createRoom(server.url, { title: 'Plans', text });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}/r/${links.edit.token}`);
  await expect(page.getByText('Read <b>me</b> & smile.')).toBeVisible();
  await expect(page).toHaveTitle(/^Plans/);
  // Lines that are far are laid out when they come near.
  const last = page.getByText('The last line.');
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
  await expect(page.getByText('One of many.').last()).toBeInViewport();
  await context.close();
});

test('nothing jumps when the editor takes over from the text that came with the page', async ({ browser, server }) => {
  const text =
    '# Plans\n\nA paragraph that is long enough to be wrapped more than once in a column of some seven hundred pixels, so that a difference in width would show.\n\n## Decisions\n- one\n- two\n\nLast line';
  const { links } = await createRoom(server.url, { text });
  const place = async (javaScriptEnabled: boolean) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${server.url}/r/${links.edit.token}`);
    if (javaScriptEnabled) await expect(page.getByRole('textbox', { name: 'Text' })).toBeVisible();
    const box = await page.getByText('Last line').last().boundingBox();
    await context.close();
    return { x: Math.round(box?.x ?? -1), y: Math.round(box?.y ?? -1) };
  };
  const before = await place(false);
  const after = await place(true);
  expect(Math.abs(before.x - after.x)).toBeLessThanOrEqual(1);
  expect(Math.abs(before.y - after.y)).toBeLessThanOrEqual(2);
});

test('a link that leads nowhere says so, changes nothing, and offers a new room', async ({ page, server }) => {
  const answer = await page.goto(`${server.url}/r/${'x'.repeat(22)}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no room here.' })).toBeVisible();
  await expectNoFaults(page);
  await page
    .getByRole('link', { name: 'Start a new room' })
    .or(page.getByRole('button', { name: 'Start a new room' }))
    .click();
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeEditable();
});

test('a chosen name becomes a room with its first letter', async ({ person, server }) => {
  const ann = await person(server.url, 'standup-notes');
  await ann.focus();
  await ann.type('today');
  await ann.expectSaved();
  const bob = await person(server.url, 'standup-notes');
  await bob.expectText('today');
});

test('a dropped file fills an empty room, and the download gives the same bytes back', async ({ person, server }) => {
  const bytes = Buffer.from('\ufeffname,grüße\r\n👋,"ok"\r\nlast', 'utf8');
  const ann = await person(server.url);
  await drop(ann.page, 'people.csv', bytes);
  await ann.expectText('name,grüße\n👋,"ok"\nlast');
  await expect(ann.page).toHaveTitle(/^people\.csv/);
  await ann.expectSaved();
  await ann.page.getByRole('button', { name: 'More' }).click();
  const [download] = await Promise.all([
    ann.page.waitForEvent('download'),
    ann.page.getByRole('button', { name: 'Download', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('people.csv');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Buffer));
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
});

test('a dropped file in an older encoding is read for what it is', async ({ person, server }) => {
  const ann = await person(server.url);
  await drop(ann.page, 'letter.txt', Buffer.from('\ufeffGrüße', 'utf16le'));
  await ann.expectText('Grüße');
});

test('a file that is not text is refused, and nothing is changed', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('kept');
  await drop(ann.page, 'photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x80]));
  await expect(ann.page.getByText('This file is not text, so nothing was changed.')).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.expectText('kept');
});

test('the language is guessed from the title, or picked from the list, and highlights', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('def greet(): return "hi"');
  await ann.page.getByRole('button', { name: /rename the room/ }).click();
  await ann.type('notes.py');
  await expectNoFaults(ann.page);
  await ann.page.keyboard.press('Enter');
  const language = ann.page.getByRole('button', { name: /Language of the text|Python/ });
  await expect(language).toContainText('Python');
  await expect(ann.editor.locator('.cm-line span').filter({ hasText: /^def$/ })).toBeVisible();
  await language.click();
  await ann.page.getByPlaceholder('Search languages').fill('typesc');
  await expectNoFaults(ann.page);
  await ann.page.getByRole('option', { name: 'TypeScript', exact: true }).click();
  await expect(language).toContainText('TypeScript');
});

test('line numbers, wrapping and the theme are switched, and remembered', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.expectSaved();
  await expect(ann.page.locator('.cm-lineNumbers')).toHaveCount(0);
  await ann.page.getByRole('button', { name: 'More' }).click();
  await ann.page.getByRole('switch', { name: 'Line numbers' }).or(ann.page.getByLabel('Line numbers')).first().click();
  await ann.page.getByText('Dark', { exact: true }).click();
  await ann.page.reload();
  await ann.ready();
  await expect(ann.page.locator('.cm-lineNumbers')).toHaveCount(1);
  await expect(ann.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('search finds in the text', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('needle in a haystack, and another needle');
  await ann.page.keyboard.press('ControlOrMeta+f');
  const field = ann.page.getByPlaceholder('Find').or(ann.page.locator('.cm-search input[name=search]')).first();
  await field.fill('needle');
  await field.press('Enter');
  await expect(ann.page.locator('.cm-searchMatch')).toHaveCount(2);
  for (const name of ['Next', 'Previous', 'All', 'Replace all', 'Close']) {
    await expect(ann.page.locator('.cm-search').getByRole('button', { name, exact: true })).toBeVisible();
  }
  await expectNoFaults(ann.page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds no fault in the ${colorScheme} room, its dialogs included`, async ({ browser, server }) => {
    const { links } = await createRoom(server.url, {
      title: 'Plans',
      text: '# Plans\n\n- one\n- [x] two\n\n`code` and **bold**',
    });
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(`${server.url}/r/${links.edit.token}`);
    await expect(page.getByTestId('status')).toHaveAttribute('data-status', 'saved');
    await expectNoFaults(page);
    for (const open of [
      page.getByRole('button', { name: 'Share' }),
      page.getByTestId('status'),
      page.getByRole('button', { name: 'More' }),
    ]) {
      await open.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoFaults(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await context.close();
  });
}

test('with the keyboard alone: the skip link leads to the text, Esc and Tab lead out of it', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.page.keyboard.press('Escape');
  await ann.page.keyboard.press('Tab');
  await expect(ann.editor).not.toBeFocused();
  const skip = ann.page.getByText('Go to the text');
  await skip.focus();
  await expect(skip).toBeInViewport();
  await ann.page.keyboard.press('Enter');
  await expect(ann.editor).toBeFocused();
});
