import { devices, type Locator, type Page } from '@playwright/test';
import { createRoom, request } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const TEXT = [
  '# Platform weekly',
  '',
  ...Array.from({ length: 40 }, (_, index) => `Line ${index + 3} of the agenda`),
  '## Decisions',
  'Read-only links ship first',
  '### Résumé of costs',
  'one',
  '```',
  '# no heading',
  '```',
  '## After Thursday',
  'last line',
].join('\n');

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Commands' });
const field = (page: Page): Locator => palette(page).getByRole('combobox');
const rows = (page: Page): Locator => palette(page).getByRole('option');
const chosen = (page: Page): Locator => palette(page).getByRole('option', { selected: true });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field(page)).toBeFocused();
}

/** The line of the caret, as the footer says it. */
async function expectLine(page: Page, line: number): Promise<void> {
  await expect(page.locator('footer')).toContainText(`Ln ${line}, Col 1`);
}

test('the palette finds and runs everything by keyboard alone, recent things first', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { title: 'Platform weekly', text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const { page } = ann;
  await ann.caretToEnd();

  // Its code may not be here yet: what is typed meanwhile does not land in the text.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('zz');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(ann.editor).toBeFocused();
  await expect(ann.editor.locator('.cm-line').last()).toHaveText('last line');

  await openPalette(page);
  await expect(palette(page).getByRole('group', { name: 'Recent' })).toHaveCount(0);
  await expect(rows(page).last()).toContainText('Search in the text');
  await expectNoFaults(page);
  await page.keyboard.type('line numb');
  await expect(chosen(page)).toContainText('Show line numbers');
  await expectNoFaults(page);
  // A letter taken back must not take the choice away.
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  await expect(page.locator('.cm-lineNumbers')).toBeVisible();
  await expect(ann.editor).toBeFocused();

  await openPalette(page);
  await page.keyboard.type('rename');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Title of the room')).toBeFocused();
  await page.keyboard.press('Escape');

  await openPalette(page);
  const recent = palette(page).getByRole('group', { name: 'Recent' });
  await expect(recent.getByRole('option')).toHaveText([/Rename the room/]);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);

  // An action that opens something beside a button of the page.
  await openPalette(page);
  await page.keyboard.type('share');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Share this room' })).toBeVisible();
  await page.keyboard.press('Escape');

  // What the format bar does, by name; of tables only inside of one.
  await ann.caretToEnd();
  await page.keyboard.press('Shift+Home');
  await openPalette(page);
  await page.keyboard.type('bold');
  await expect(chosen(page)).toContainText('Bold');
  await page.keyboard.press('Enter');
  await expect(ann.editor.locator('.cm-line').last()).toHaveText('**last line**');
  await ann.caretToEnd();
  await ann.page.keyboard.insertText('\n\n|a|b|\n|-|-|\n|long cell|c|');
  await openPalette(page);
  await page.keyboard.type('align the t');
  await expect(chosen(page)).toContainText('Align the table');
  await page.keyboard.press('Enter');
  await expect(ann.editor.locator('.cm-line').last()).toHaveText('| long cell | c   |');

  await openPalette(page);
  await page.keyboard.type('qqqq');
  await expect(palette(page)).toContainText('Nothing called "qqqq". Search the text instead.');
  await expectNoFaults(page);
  await expect(chosen(page)).toHaveText(/Search the text for "qqqq"/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('agenda');
  await page.keyboard.press('End');
  await expect(rows(page).last()).toHaveText(/Search the text for "agenda"/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.locator('.cm-searchMatch').first()).toBeVisible();
  ann.expectQuietConsole();
});

test('the palette goes to a line, a heading and a person', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { title: 'Platform weekly', text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  const { page } = ann;
  await ann.caretToStart();

  await page.keyboard.press('Alt+g');
  await expect(field(page)).toHaveValue(':');
  await page.keyboard.type('24');
  await expect(chosen(page)).toContainText('Go to line 24');
  await expect(chosen(page)).toContainText('Line 24 of the agenda');
  await expectNoFaults(page);
  await page.keyboard.press('Enter');
  await expectLine(page, 24);
  await expect(ann.editor).toBeFocused();

  await page.getByRole('button', { name: /^Ln 24/ }).press('Enter');
  await page.keyboard.type('9999');
  await page.keyboard.press('Enter');
  await expectLine(page, TEXT.split('\n').length);

  await openPalette(page);
  await page.keyboard.type('#resu');
  await expect(rows(page).first()).toContainText('Résumé of costs');
  await page.keyboard.press('Enter');
  await expectLine(page, 45);

  await bob.caretToStart();
  await bob.type('b');
  await expect(page.getByTestId('person')).toHaveCount(2);
  // From here on ann's page knows where he is.
  await expect(page.getByRole('button', { name: /is editing above$/ })).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('@');
  await expect(palette(page).getByRole('group', { name: 'People here' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(ann.carets().first()).toBeInViewport();
});

test('all keys are listed, and can be searched', async ({ person, server }) => {
  const ann = await person(server.url);
  const { page } = ann;
  await openPalette(page);
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toContainText('Leave the text');
  await expect(keys).toContainText('F1');
  await expect(keys).toContainText('Bold');
  await expect(keys).toContainText('Next part of the page');
  await expectNoFaults(page);
  await expect(keys.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('duplic');
  await expect(keys).toContainText('Nothing called "duplic".');
  await expectNoFaults(page);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('copy');
  await expect(keys.getByRole('definition')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await expect(ann.editor).toBeFocused();
});

test('my rooms: visited ones are listed, pinned, forgotten, marked when they end, and opened without a network', async ({
  person,
  server,
}) => {
  const first = await createRoom(server.url, { title: 'Company handbook', text: 'Rules' });
  const ended = await createRoom(server.url, { title: 'Ended', text: 'x' });
  const ann = await person(server.url, first.links.edit.token);
  const { page } = ann;
  const rooms = page.getByRole('dialog', { name: 'My rooms' });
  const row = (title: string) => rooms.getByRole('listitem').filter({ hasText: title });
  const openRooms = async () => {
    await openPalette(page);
    await page.keyboard.type('my rooms');
    await page.keyboard.press('Enter');
    await expect(rooms).toBeVisible();
  };
  const listed = (title: string) =>
    expect
      .poll(() => page.evaluate(() => localStorage.getItem('tandem:recent-rooms') ?? ''), { timeout: 20_000 })
      .toContain(title);

  await listed('Company handbook');
  await ann.open(`${server.url}/r/${ended.links.edit.token}`);
  await listed('Ended');
  await ann.open(`${server.url}/`);
  await ann.type('Mine');
  await page.getByRole('button', { name: /rename the room/ }).click();
  await page.keyboard.type('My own');
  await page.keyboard.press('Enter');
  await listed('My own');
  await ann.expectSaved();
  const own = ann.token();

  await openRooms();
  await expect(rooms.getByRole('listitem')).toHaveCount(3);
  await expect(row('My own')).toContainText('Yours · Open now');
  await expect(row('Company handbook')).toContainText('Can edit');
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Pin Company handbook' }).press('Enter');
  await expect(rooms.getByRole('listitem').first()).toContainText('Company handbook');
  await page.getByRole('button', { name: 'Forget My own' }).press('Enter');
  await expect(row('My own')).toContainText('Your owner link to this room may be kept in this browser only.');
  await expectNoFaults(page);
  await page.getByRole('button', { name: 'Only take it off the list' }).press('Enter');
  await expect(row('My own')).toHaveCount(0);
  expect(await page.evaluate((token) => localStorage.getItem('tandem:rooms')?.includes(token), own)).toBe(true);
  await page.getByRole('searchbox').fill('hand');
  await expect(rooms.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  // A link that ended is met at its door, which leads to the list too.
  const owner = ended.links.owner.token;
  const access = await request(server.url, 'GET', `/api/rooms/${owner}/links`);
  const { links } = access.json<{ links: { id: string; role: string }[] }>();
  const edit = links.find(({ role }) => role === 'edit');
  expect((await request(server.url, 'DELETE', `/api/rooms/${owner}/links/${edit?.id}`)).status).toBeLessThan(300);
  await page.goto(`${server.url}/r/${ended.links.edit.token}`);
  await page.getByRole('button', { name: 'My rooms' }).press('Enter');
  await expect(row('Ended')).toContainText('Its link was revoked');
  await page.getByRole('button', { name: 'Forget Ended' }).press('Enter');
  await expect(row('Ended')).toHaveCount(0);
  await expectNoFaults(page);
  await row('Company handbook')
    .getByRole('link', { name: /^Company handbook/ })
    .press('Enter');
  await ann.ready();
  await ann.expectText('Rules');

  await ann.expectShellKept();
  await openRooms();
  await page.keyboard.press('Escape');
  await ann.goOffline();
  await page.reload();
  await ann.expectText('Rules');
  await openRooms();
  await expect(row('Company handbook')).toContainText('Open now');
});

test('the outline follows the text and leads to its headings', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { title: 'Platform weekly', text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const { page } = ann;
  await openPalette(page);
  await page.keyboard.type('outline');
  await page.keyboard.press('Enter');
  const tree = page.getByRole('treegrid', { name: 'Outline' });
  await expect(tree.getByRole('row')).toHaveText(['Platform weekly', 'Decisions', 'Résumé of costs', 'After Thursday']);
  const current = tree.locator('[aria-current]');
  await ann.caretToStart();
  await expect(current).toHaveText('Platform weekly');
  await expectNoFaults(page);

  await tree.getByRole('row').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectLine(page, 43);
  await expect(ann.editor).toBeFocused();
  await expect(current).toHaveText('Decisions');
  await ann.caretToEnd();
  await expect(current).toHaveText('After Thursday');
  await ann.type('\n## Questions\n');
  await expect(tree.getByRole('row').last()).toHaveText('Questions');
  await expect(current).toHaveText('Questions');

  // The caret is far out of sight: what is at the top counts.
  await page.locator('.cm-scroller').evaluate((element) => element.scrollTo(0, 0));
  await expect(current).toHaveText('Platform weekly');
  await tree.getByRole('row').first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('row')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('row')).toHaveCount(5);

  await ann.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect(page.getByText('Headings will appear here.')).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('typescript');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('Headings come from Markdown, and the language of this text is TypeScript.'),
  ).toBeVisible();
  await expectNoFaults(page);
});

test('the footer counts words and characters, of the selection while there is one', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.page.keyboard.insertText('Two families: 👩‍👩‍👧 👨‍👩‍👦\n你好');
  const footer = ann.page.locator('footer');
  await expect(footer).toContainText('4 words, 19 characters');
  await ann.page.keyboard.press('Shift+Home');
  await expect(footer).toContainText('2 words, 2 characters selected');
  await ann.page.keyboard.press('ArrowRight');
  await expect(footer).toContainText('4 words, 19 characters');
});

test('on a phone the menu leads to all of it', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { title: 'Platform weekly', text: TEXT });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  const { page } = phone;
  await phone.open(`${server.url}/r/${links.edit.token}`);
  const more = async (name: string) => {
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name }).tap();
  };
  await more('All commands');
  await field(page).fill('outl');
  await expectNoFaults(page);
  await rows(page).filter({ hasText: 'Outline' }).first().tap();
  await page.getByRole('row', { name: 'After Thursday' }).tap();
  await expect(page.getByRole('complementary', { name: 'Side panel' })).toHaveCount(0);
  await expect(page.getByText('last line')).toBeInViewport();
  await more('My rooms');
  await expect(page.getByRole('dialog', { name: 'My rooms' })).toContainText('Platform weekly');
  await expectNoFaults(page);
  phone.expectQuietConsole();
  await context.close();
});
