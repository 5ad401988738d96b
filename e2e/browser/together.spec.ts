import { devices, type Browser, type BrowserContextOptions, type Locator } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test as base } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

/** `reads`: by a link that only reads. */
type Guest = (token: string, name: string, options?: BrowserContextOptions & { reads?: boolean }) => Promise<RoomPage>;

/** `guest` opens a room as somebody with this name. */
const test = base.extend<{ guest: Guest }>({
  guest: async ({ browser, server }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (token, name, { reads = false, ...options } = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      const me = { person: `${name}`.padEnd(22, '0'), name, color: 1 + (contexts.length % 12) };
      await context.addInitScript((value) => localStorage.setItem('tandem:me', value), JSON.stringify(me));
      const room = new RoomPage(await context.newPage());
      const url = `${server.url}/r/${token}`;
      if (reads) {
        await room.page.goto(url);
        await room.expectStatus('view');
      } else await room.open(url);
      return room;
    });
    for (const context of contexts) await context.close();
  },
});

const LONG = Array.from({ length: 300 }, (_, index) => `line ${index + 1}`).join('\n');

const chip = ({ page }: RoomPage, name: string) => page.locator('[data-testid=person]', { hasText: name.slice(0, 2) });
const following = ({ page }: RoomPage) => page.getByTestId('following');
const scrolled = ({ page }: RoomPage) => page.locator('.cm-scroller').evaluate((element) => element.scrollTop);

/** Where the text is scrolled to once it does not glide any more. */
async function restingPlace(room: RoomPage): Promise<number> {
  let before = Number.NaN;
  const rests = async () => {
    const at = await scrolled(room);
    const isSame = at === before;
    before = at;
    return isSame;
  };
  await expect.poll(rests).toBe(true);
  return before;
}

/** Somebody else's line as this page draws it. */
const line = (room: RoomPage, text: string): Locator => room.editor.locator('.cm-line', { hasText: text });

test('a click goes to a caret, a double click follows it until Esc or the own typing; the own caret stays', async ({
  guest,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: LONG });
  const ann = await guest(links.edit.token, 'Ann');
  const bob = await guest(links.edit.token, 'Bob');
  const annToHerLine = async () => {
    await ann.caretToStart();
    await ann.page.keyboard.press('ArrowDown');
  };
  await annToHerLine();
  await bob.caretToEnd();
  await bob.type(' end');

  // Out of sight: the rail has a tick near its end, and one chip says where.
  const hint = ann.page.getByTestId('nearby');
  await expect(hint).toHaveText('Bob is editing below');
  await expectNoFaults(ann.page);
  const tick = ann.page.locator('.tandem-rail > i');
  await expect(tick).toHaveCount(1);
  await expect.poll(() => tick.evaluate((one) => Number.parseFloat(one.style.top))).toBeGreaterThan(90);
  await hint.click();
  await expect(line(ann, 'line 300 end')).toBeInViewport();
  await expect(hint).toHaveCount(0);

  await annToHerLine();
  await expect(line(ann, 'line 300 end')).not.toBeInViewport();
  await chip(ann, 'Bob').click();
  await expect(line(ann, 'line 300 end')).toBeInViewport();

  await annToHerLine();
  await chip(ann, 'Bob').dblclick();
  await expect(following(ann)).toContainText('Following Bob');
  await expectNoFaults(ann.page);
  await expect(line(ann, 'line 300 end')).toBeInViewport();
  await bob.caretToStart();
  await bob.type('top ');
  await expect(line(ann, 'top line 1')).toBeInViewport();
  await bob.caretToEnd();
  await expect(line(ann, 'line 300 end')).toBeInViewport();

  await ann.page.keyboard.press('Escape');
  await expect(following(ann)).toHaveCount(0);
  const before = await restingPlace(ann);
  await bob.caretToStart();
  await expect.poll(() => tick.evaluate((one) => Number.parseFloat(one.style.top))).toBeLessThan(10);
  expect(await restingPlace(ann)).toBe(before);

  // Typing stops it too, and what is typed stands where the own caret always was.
  await chip(ann, 'Bob').dblclick();
  await expect(line(ann, 'top line 1')).toBeInViewport();
  await bob.caretToEnd();
  await expect(line(ann, 'line 300 end')).toBeInViewport();
  await ann.focus();
  await ann.type('own ');
  await expect(following(ann)).toHaveCount(0);
  await expect(line(bob, 'line 300 end')).toBeInViewport();
  await bob.caretToStart();
  await expect(line(bob, 'own line 2')).toBeInViewport();

  // So does the wheel, and whoever leaves.
  await chip(ann, 'Bob').dblclick();
  await expect(following(ann)).toHaveCount(1);
  await ann.page.mouse.move(640, 400);
  await ann.page.mouse.wheel(0, 400);
  await expect(following(ann)).toHaveCount(0);
  await chip(ann, 'Bob').dblclick();
  await expect(following(ann)).toHaveCount(1);
  await bob.page.close();
  await expect(following(ann)).toHaveCount(0);
  await expect(ann.page.getByRole('status').filter({ hasText: 'Bob left.' })).toBeVisible();
  ann.expectQuietConsole();
});

test('the menu of a chip, and from caret to caret by keyboard', async ({ guest, server }) => {
  const { links } = await createRoom(server.url, { text: LONG });
  const ann = await guest(links.edit.token, 'Ann');
  const bob = await guest(links.edit.token, 'Bob');
  const cat = await guest(links.edit.token, 'Cat');
  await bob.caretToEnd();
  await bob.type(' b');
  await cat.caretToStart();
  await cat.type('c ');
  await expect(ann.page.locator('.tandem-rail > i')).toHaveCount(2);

  await chip(ann, 'Bob').focus();
  await ann.page.keyboard.press('ArrowDown');
  const menu = ann.page.getByRole('menu', { name: 'What to do with Bob' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await expectNoFaults(ann.page);
  await menu.getByRole('menuitem', { name: 'Follow' }).press('Enter');
  await expect(following(ann)).toContainText('Bob');
  await expect(line(ann, 'line 300 b')).toBeInViewport();
  await following(ann).click();
  await expect(following(ann)).toHaveCount(0);

  await ann.focus();
  await ann.page.keyboard.press('Alt+PageDown');
  await expect(ann.page.getByRole('status').filter({ hasText: 'Cat, line 1' })).toBeVisible();
  await expect(line(ann, 'c line 1')).toBeInViewport();
  await ann.page.keyboard.press('Alt+PageDown');
  await expect(ann.page.getByRole('status').filter({ hasText: 'Bob, line 300' })).toBeVisible();
  await expect(line(ann, 'line 300 b')).toBeInViewport();
});

test('the people tab says who writes where, who only reads, and who is idle', async ({ guest, server }) => {
  const { links } = await createRoom(server.url, { text: LONG });
  const ann = await guest(links.edit.token, 'Ann');
  const bob = await guest(links.edit.token, 'Bob');
  await guest(links.view.token, 'Sam', { reads: true });
  await ann.page.getByRole('button', { name: 'Chat, comments, people' }).click();
  const panel = ann.page.getByRole('complementary', { name: 'Side panel' });
  await panel.getByRole('tab', { name: 'People' }).click();
  const row = (name: string) => panel.getByRole('listitem').filter({ hasText: name });
  await bob.caretToStart();
  await bob.page.keyboard.press('ArrowDown');
  await bob.type('x');
  await expect(row('Bob')).toContainText('Editing line 2');
  await bob.page.keyboard.press('Shift+Home');
  await expect(row('Bob')).toContainText('Line 2, 1 selected');
  await expect(panel.getByRole('heading', { name: 'Viewing' })).toBeVisible();
  await expect(chip(ann, 'Sam')).toHaveAttribute('aria-label', 'Sam, viewing');
  await expectNoFaults(ann.page);

  await ann.page.clock.setSystemTime(Date.now() + 61_000);
  await expect(chip(ann, 'Bob')).toHaveAttribute('data-presence', 'idle');
  await expect(chip(ann, 'Bob')).toHaveAttribute('aria-label', 'Bob, idle');
  await expect(row('Bob')).toContainText('Idle for 1 minute');
  await bob.type('y');
  await expect(chip(ann, 'Bob')).toHaveAttribute('data-presence', 'here');
  await expect(row('Bob')).toContainText('Editing line 2');

  await row('Bob').getByRole('button', { name: 'Follow Bob' }).click();
  await expect(following(ann)).toContainText('Bob');
  await row('Bob').getByRole('button', { name: 'Stop following Bob' }).click();
  await expect(following(ann)).toHaveCount(0);
});

test('focus mode hides the others and keeps the status; the same key brings them back', async ({ guest, server }) => {
  const { links } = await createRoom(server.url, { text: LONG });
  const ann = await guest(links.edit.token, 'Ann');
  const bob = await guest(links.edit.token, 'Bob');
  await ann.caretToStart();
  await bob.caretToStart();
  await bob.type('x');
  await expect(ann.carets()).toBeVisible();
  await expect(ann.page.locator('.tandem-rail > i')).toHaveCount(1);
  await ann.page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(ann.carets()).toBeHidden();
  await expect(ann.page.locator('.tandem-rail')).toHaveCount(0);
  await expect(ann.people).toHaveCount(0);
  await expect(ann.status).toBeVisible();
  await ann.expectText((await bob.text()).slice(0, (await ann.text()).length));
  await ann.page.reload();
  await ann.ready();
  await expect(ann.people).toHaveCount(0);
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Leave focus mode' }).click();
  await expect(ann.people).toHaveCount(2);
  await bob.type('y');
  await expect(ann.carets()).toBeVisible();
  await ann.page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(ann.people).toHaveCount(0);
  await ann.page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(ann.people).toHaveCount(2);
});

async function colourTheMargin({ page }: RoomPage): Promise<Locator> {
  await page.getByRole('button', { name: 'Chat, comments, people' }).click();
  const panel = page.getByRole('complementary', { name: 'Side panel' });
  await panel.getByRole('tab', { name: 'People' }).click();
  await panel.getByRole('switch', { name: 'Colour in the margin by who wrote it' }).click();
  return panel;
}

/** The middle of the thread beside a line, in the window. */
async function threadOf(text: Locator): Promise<{ x: number; y: number }> {
  return text.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return {
      x: box.left + Number.parseFloat(getComputedStyle(element, '::after').left) + 1.5,
      y: (box.top + box.bottom) / 2,
    };
  });
}

test('the thread says who wrote what: to a pointer, to the keyboard, and at once while somebody types', async ({
  guest,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: '' });
  const bob = await guest(links.edit.token, 'Bob');
  await bob.focus();
  await bob.type('Bob was here.\n');
  await bob.expectSaved();
  // Who has left is still the author.
  await bob.page.context().close();
  const ann = await guest(links.edit.token, 'Ann');
  const cat = await guest(links.edit.token, 'Cat');
  await ann.caretToEnd();
  await ann.type('Ann is here.\n');
  const panel = await colourTheMargin(ann);
  const card = ann.page.locator('.tandem-author-card');
  await expect(line(ann, 'Bob was here.')).toHaveClass(/tandem-thread/);
  const bobs = await threadOf(line(ann, 'Bob was here.'));
  await ann.page.mouse.move(bobs.x, bobs.y);
  await expect(card).toContainText(/Bob.*today/);
  await ann.page.mouse.move(bobs.x + 200, bobs.y);
  await expect(card).toBeHidden();

  // Live: another guest's letters have their colour before anybody is asked again.
  const asked: string[] = [];
  ann.page.on('request', (request) => {
    if (request.url().includes('authorship')) asked.push(request.url());
  });
  await cat.caretToEnd();
  await cat.type('Cat comes.\n');
  await expect(line(ann, 'Cat comes.')).toHaveClass(/tandem-thread/);
  const cats = await threadOf(line(ann, 'Cat comes.'));
  await ann.page.mouse.move(cats.x, cats.y);
  await expect(card).toContainText('Cat');
  expect(asked).toEqual([]);

  // By keyboard: one stop behind the text, and arrows along the lines.
  await ann.caretToStart();
  await ann.page.keyboard.press('Escape');
  await ann.page.keyboard.press('Tab');
  const reader = ann.page.getByRole('slider', { name: 'Who wrote what' });
  await expect(reader).toBeFocused();
  await expect(reader).toHaveAttribute('aria-valuetext', /^Line 1: Bob, today, \d\d:\d\d$/);
  await ann.page.keyboard.press('ArrowDown');
  await expect(reader).toHaveAttribute('aria-valuetext', /^Line 2: Ann, today/);
  await expect(card).toContainText('Ann');
  await expectNoFaults(ann.page);
  await ann.page.keyboard.press('Escape');
  await expect(ann.editor).toBeFocused();

  // Mixed lines name everybody, and the text itself may be coloured.
  await panel.getByRole('switch', { name: 'Colour the text too' }).click();
  await expect(ann.editor.locator('.tandem-written').first()).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.caretToStart();
  await ann.type('So ');
  await expect(line(ann, 'So Bob').locator('.tandem-written')).toHaveCount(2);
  const mixed = await threadOf(line(ann, 'So Bob'));
  await ann.page.mouse.move(mixed.x, mixed.y);
  await expect(card).toContainText('Also Ann');

  // It comes with the next visit, with the same authors.
  await ann.expectSaved();
  await ann.page.reload();
  await ann.ready();
  await expect(line(ann, 'So Bob').locator('.tandem-written')).toHaveCount(2);
  ann.expectQuietConsole();
});

test('who comes, goes and edits is said once, as much of it as one wants to hear', async ({ guest, server }) => {
  const { links } = await createRoom(server.url, { text: 'one\ntwo\nthree' });
  const ann = await guest(links.edit.token, 'Ann');
  const heard = ann.page.getByRole('log', { name: 'People in this room' });
  await guest(links.edit.token, 'Cat');
  await expect(heard).toBeAttached();
  const bob = await guest(links.edit.token, 'Bob');
  await expect(heard).toHaveText('Bob joined.');
  await ann.page.getByRole('button', { name: 'Chat, comments, people' }).click();
  await ann.page.getByRole('tab', { name: 'People' }).click();
  await ann.page.getByText('Everything', { exact: true }).click();
  await bob.caretToEnd();
  await bob.type('!');
  await expect(heard).toHaveText('Bob is editing line 3.');
  await bob.page.close();
  await expect(heard).toHaveText('Bob left.');
  await ann.page.getByText('Off', { exact: true }).click();
  await expect(heard).toHaveCount(0);
  // The status speaks on.
  await ann.goOffline();
  await ann.caretToEnd();
  await ann.type('?');
  await expect(ann.page.getByRole('status').filter({ hasText: 'Offline. Your text is kept here.' })).toBeAttached();
  await ann.goOnline();
});

test('with a finger: a tap on a chip opens its menu; on a phone the list follows, and the thread stands at the edge', async ({
  guest,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: LONG });
  const bob = await guest(links.edit.token, 'Bob');
  await bob.caretToEnd();
  await bob.type(' end');
  await bob.expectSaved();

  const tablet = await guest(links.edit.token, 'Tab', { viewport: { width: 820, height: 1100 }, hasTouch: true });
  await chip(tablet, 'Bob').tap();
  await expect(tablet.page.getByRole('menu', { name: 'What to do with Bob' })).toBeVisible();
  await tablet.page.context().close();

  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const phone = await guest(links.edit.token, 'Pho', {
    viewport,
    userAgent,
    deviceScaleFactor,
    isMobile: true,
    hasTouch: true,
  });
  await phone.page.evaluate(() => localStorage.setItem('tandem:preferences', JSON.stringify({ authorship: true })));
  await phone.page.reload();
  await phone.ready();
  await phone.page.getByRole('button', { name: '2 people' }).tap();
  const sheet = phone.page.getByRole('dialog', { name: 'People in this room' });
  await expectNoFaults(phone.page);
  await sheet.getByRole('button', { name: 'More about Bob' }).tap();
  await phone.page.getByRole('menuitem', { name: 'Follow' }).tap();
  await expect(following(phone)).toContainText('Following Bob');
  await expect(line(phone, 'line 300 end')).toBeInViewport();
  await expect(line(phone, 'line 300 end')).toHaveClass(/tandem-thread/);
  const at = await threadOf(line(phone, 'line 300 end'));
  expect(at.x).toBeLessThan(3);
  await phone.page.touchscreen.tap(at.x + 2, at.y);
  await expect(phone.page.locator('.tandem-author-card')).toBeVisible();
  await expectNoFaults(phone.page);
  // A tap sets the own caret, so one reads on by oneself.
  await expect(following(phone)).toHaveCount(0);
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
});
