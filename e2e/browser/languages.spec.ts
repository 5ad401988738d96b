import type { Locator } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { axeOn } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

/** A link that no room has. */
const NOWHERE = 'A'.repeat(22);

async function openSettings({ page }: RoomPage, name: string): Promise<Locator> {
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function expectNoFaults({ page }: RoomPage): Promise<void> {
  const { violations } = await axeOn(page).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

test('German, chosen in the settings, is what every page says, from its first HTML on and without a network', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  const { page } = ann;
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await ann.type('Hello');
  const english = await openSettings(ann, 'Settings');
  await expectNoFaults(ann);
  await english.getByLabel('Language of the page').selectOption('Deutsch');

  await expect(html).toHaveAttribute('lang', 'de');
  await ann.ready();
  await ann.expectSaved();
  await expect(ann.status).toContainText('Gespeichert');
  await ann.expectText('Hello');
  await expect(page.getByRole('button', { name: 'Teilen' })).toBeVisible();

  // Parts that are fetched when they are wanted, React Aria's among them.
  await ann.focus();
  const german = await openSettings(ann, 'Einstellungen');
  await expect(german.getByRole('radio', { name: '4 Spalten' })).toBeVisible();
  await expect(german.getByLabel('Sprache der Seite')).toHaveValue('de');
  await expectNoFaults(ann);
  await page.keyboard.press('Escape');
  await expect(german).toBeHidden();

  // The first HTML, before any script.
  const first = async (path: string): Promise<string> => (await page.request.get(`${server.url}${path}`)).text();
  const words = { '/': 'Teilen', '/check': 'Liegt es am Netz?', '/status': 'Was dieser Server gerade tut' };
  for (const [path, said] of Object.entries(words)) {
    const body = await first(path);
    expect(body).toContain('<html lang="de" dir="ltr">');
    expect(body).toContain(said);
  }
  expect(await first(`/r/${NOWHERE}`)).toContain('Hier ist kein Raum.');
  expect(await first('/nothing')).toContain('<html lang="de" dir="ltr">');

  await ann.expectShellKept();
  await page.context().setOffline(true);
  await page.reload();
  await ann.ready();
  await expect(html).toHaveAttribute('lang', 'de');
  await ann.expectText('Hello');
  await expect(page.getByRole('button', { name: 'Teilen' })).toBeVisible();
  await page.context().setOffline(false);

  await ann.focus();
  const again = await openSettings(ann, 'Einstellungen');
  await again.getByLabel('Sprache der Seite').selectOption('Wie der Browser es sagt');
  await expect(html).toHaveAttribute('lang', 'en');
  await ann.ready();
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeVisible();
  await ann.expectText('Hello');
  ann.expectQuietConsole([/ERR_|WebSocket/]);
});

test('without a choice a page speaks as the browser asks; one in English fetches no other words', async ({
  browser,
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'One two' });
  const context = await browser.newContext({ locale: 'de-AT' });
  try {
    const gast = new RoomPage(await context.newPage());
    await gast.open(`${server.url}/r/${links.edit.token}`);
    await expect(gast.page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(gast.page.getByRole('button', { name: 'Teilen' })).toBeVisible();
    await expect(gast.page.getByText('2 Wörter, 7 Zeichen')).toBeVisible();
    gast.expectQuietConsole([]);
  } finally {
    await context.close();
  }
  const ann = await person(server.url, links.edit.token);
  await expect(ann.page.getByText('2 words, 7 characters')).toBeVisible();
  await expect(ann.page.locator('script[src*="/media/"]')).toHaveCount(0);
  ann.expectQuietConsole([]);
});

test('Arabic runs from right to left; every language answers to its name in the first HTML', async ({
  browser,
  page,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'One two' });
  const place = `${server.url}/r/${links.edit.token}`;
  for (const [language, share] of Object.entries({ de: 'Teilen', es: 'Compartir', fr: 'Partager', ja: '共有' })) {
    const answer = await page.request.get(place, { headers: { 'accept-language': `${language};q=0.9, en;q=0.5` } });
    const body = await answer.text();
    expect(body).toContain(`<html lang="${language}" dir="ltr">`);
    expect(body).toContain(share);
  }

  const context = await browser.newContext({ locale: 'ar-EG' });
  try {
    const guest = new RoomPage(await context.newPage());
    await guest.page.goto(place);
    const text = guest.page.getByRole('textbox', { name: 'النص', exact: true });
    await expect(text).toBeEditable();
    await expect(guest.page.locator('html')).toHaveAttribute('lang', 'ar');
    await expect(guest.page.locator('html')).toHaveAttribute('dir', 'rtl');
    await guest.expectSaved();
    const button = await guest.page.getByRole('button', { name: 'مشاركة', exact: true }).boundingBox();
    const status = await guest.status.boundingBox();
    // What comes first is on the right.
    expect(status?.x ?? 0).toBeGreaterThan(button?.x ?? Infinity);
    await expectNoFaults(guest);
    await text.focus();
    const settings = await openSettings(guest, 'الإعدادات');
    await expect(settings.getByRole('radio', { name: 'عمودان' })).toBeVisible();
    await expectNoFaults(guest);
    guest.expectQuietConsole([]);
  } finally {
    await context.close();
  }
});
