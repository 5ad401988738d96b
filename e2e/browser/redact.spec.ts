import { devices, type Page } from '@playwright/test';
import { createRoom, readText, request } from '../harness/index.ts';
import { axeOn } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const SECRET = 'My password is hunter2.';

async function expectNoSeriousFaults(page: Page): Promise<void> {
  const { violations } = await axeOn(page).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** Opens the dialog by the palette. */
async function ask(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('remove from history');
  await page.getByRole('option', { name: 'Remove from history…' }).click();
  await expect(page.getByRole('dialog', { name: 'Remove from history' })).toBeVisible();
}

/** Selects the first line. */
async function selectFirstLine(person: RoomPage): Promise<void> {
  await person.caretToStart();
  await person.page.keyboard.press('Shift+End');
}

async function pastTexts(url: string, token: string): Promise<string> {
  const { rev } = await readText(url, token);
  const texts = Array.from({ length: rev + 1 }, async (_, at) =>
    (await request(url, 'GET', `/api/rooms/${token}/text?rev=${at}`)).text(),
  );
  return (await Promise.all(texts)).join('\n');
}

test('the owner takes a passage out of the history, and a guest who writes meanwhile loses nothing', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: `${SECRET}\nBelow.\n`, title: 'Notes' });
  const owner = await person(server.url, links.owner.token);
  const guest = await person(server.url, links.edit.token);
  await guest.caretToEnd();
  await guest.type('The guest writes.');

  await guest.page.keyboard.press('ControlOrMeta+k');
  await guest.page.getByRole('combobox').fill('remove from history');
  await expect(guest.page.getByRole('option', { name: 'Remove from history…' })).toHaveCount(0);
  await guest.page.keyboard.press('Escape');

  await owner.caretToStart();
  await ask(owner.page);
  const dialog = owner.page.getByRole('dialog', { name: 'Remove from history' });
  await expect(dialog.getByText('Select what has to go')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Remove for ever' })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await expect(owner.editor).toContainText('The guest writes.');
  await selectFirstLine(owner);
  await ask(owner.page);
  await expect(dialog.getByLabel('The passage')).toHaveText(SECRET);
  await expect(dialog.getByRole('checkbox')).toBeChecked();
  await expectNoSeriousFaults(owner.page);
  await guest.caretToEnd();
  await guest.type(' And on.');
  await dialog.getByRole('button', { name: 'Remove for ever' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(owner.page.getByText(/^Removed from the text and from 1 change in its history\.$/)).toBeVisible();

  for (const one of [owner, guest]) await one.expectText('\nBelow.\nThe guest writes. And on.');
  expect(await pastTexts(server.url, links.edit.token)).not.toContain('hunter2');
  // Both have come back by themselves, and go on.
  await owner.caretToEnd();
  await owner.type(' Owner too.');
  await guest.expectText('\nBelow.\nThe guest writes. And on. Owner too.');
});

test('a moment of the history can be cleaned where it is read, on a phone too', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: SECRET, title: 'Notes' });
  const { rev } = await readText(server.url, links.edit.token);
  await request(server.url, 'PUT', `/api/rooms/${links.edit.token}/text`, { body: 'Nothing here.' });
  const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
  const context = await browser.newContext(phone);
  const owner = new RoomPage(await context.newPage());
  const { page } = owner;
  await page.goto(`${server.url}/r/${links.owner.token}?rev=${rev}`);
  const past = page.getByRole('textbox', { name: /^Text as of / });
  await expect(past).toContainText('hunter2');
  await past.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByRole('button', { name: 'Remove from history…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove from history' });
  await expect(dialog.getByLabel('The passage')).toHaveText(SECRET);
  await expectNoSeriousFaults(page);
  await dialog.getByRole('button', { name: 'Remove for ever' }).click();
  await expect(page.getByText(/^Removed from the text and from/)).toBeVisible();
  expect(await pastTexts(server.url, links.edit.token)).not.toContain('hunter2');
  await owner.expectText('Nothing here.');
  await context.close();
});

test('it says what it waits for, and what went wrong', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: `${SECRET}\n` });
  const owner = await person(server.url, links.owner.token);
  await selectFirstLine(owner);
  await ask(owner.page);
  const dialog = owner.page.getByRole('dialog', { name: 'Remove from history' });
  const remove = dialog.getByRole('button', { name: 'Remove for ever' });
  await owner.page.route('**/redact', (route) => route.abort());
  await remove.click();
  await expect(dialog.getByRole('alert')).toHaveText(
    'The server did not answer, so it may be done already. Ask again: that does no harm.',
  );
  await owner.page.unroute('**/redact');
  await owner.page.context().setOffline(true);
  await expect(dialog.getByText('This needs the server.')).toBeVisible();
  await expect(remove).toBeDisabled();
  await owner.page.context().setOffline(false);
  await remove.click();
  await expect(dialog).toHaveCount(0);
  expect(await pastTexts(server.url, links.edit.token)).not.toContain('hunter2');
});
