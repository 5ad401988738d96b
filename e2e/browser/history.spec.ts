import { devices, type Locator, type Page } from '@playwright/test';
import { createRoom, readText } from '../harness/index.ts';
import { openRobot, type Robot } from '../harness/robot.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

/** The history as the person before it sees it. */
class HistoryPage {
  readonly page: Page;
  readonly bar: Locator;
  readonly slider: Locator;
  /** The text of the moment, in place of the text. */
  readonly past: Locator;

  constructor({ page }: RoomPage) {
    this.page = page;
    this.bar = page.getByRole('contentinfo', { name: 'History' });
    this.slider = this.bar.getByRole('slider', { name: 'Moment' });
    this.past = page.getByRole('textbox', { name: /^Text as of / });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Shift+h');
    await expect(this.slider).toBeAttached();
  }

  async seek(rev: number): Promise<void> {
    await this.slider.fill(String(rev));
    await expect(this.slider).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`^Revision ${rev}, .+, \\d+ \\w+ \\d\\d:\\d\\d$`),
    );
  }
}

/** Each of these is one revision of this person's. */
async function write(robot: Robot, ...words: string[]): Promise<void> {
  for (const word of words) {
    robot.edit([robot.text().length, word]);
    await robot.settled();
  }
}

/** A room in which Jonas and Mina have written in turns: seven revisions, the first one from nobody in particular. */
async function writtenRoom(url: string) {
  const { links } = await createRoom(url, { title: 'Weekly', text: '# Weekly\n\n' });
  const jonas = openRobot({ url, token: links.edit.token, name: 'Jonas' });
  const mina = openRobot({ url, token: links.edit.token, name: 'Mina' });
  await Promise.all([jonas.settled(), mina.settled()]);
  const first = (await readText(url, links.edit.token)).rev;
  const take = async (robot: Robot, word: string) => {
    await robot.caughtUp((await readText(url, links.edit.token)).rev);
    await write(robot, word);
  };
  for (const [robot, word] of [
    [jonas, 'one '],
    [jonas, 'two '],
    [mina, 'three '],
    [jonas, 'four '],
    [mina, 'five '],
    [mina, 'six '],
  ] as const) {
    await take(robot, word);
  }
  return { links, jonas, mina, first, close: () => [jonas, mina].forEach((one) => one.close()) };
}

test('one goes to a moment with keys and pointer, sees who and when, and comes back to now', async ({
  person,
  server,
}) => {
  const room = await writtenRoom(server.url);
  const ann = await person(server.url, room.links.edit.token);
  const history = new HistoryPage(ann);
  await ann.focus();
  await history.open();
  await expect(history.bar.getByText('This is the text now.')).toBeVisible();
  await expect(history.past).toHaveCount(0);
  await expectNoFaults(ann.page);

  await history.slider.focus();
  await ann.page.keyboard.press('ArrowLeft');
  await expect(history.slider).toHaveAttribute('aria-valuetext', new RegExp(`^Revision ${room.first + 5}, Mina, `));
  await expect(history.past).toHaveText(/five $/);
  await expect(ann.status).toHaveText(/^As of \d+ \w+, \d\d:\d\d$/);
  await ann.page.keyboard.press('ArrowLeft');
  await ann.page.keyboard.press('ArrowLeft');
  await expect(history.past).toHaveText(/three $/);
  await expect(history.bar.getByText('Mina', { exact: true })).toBeVisible();
  await expect(history.bar.getByText(`Revision ${room.first + 3} of ${room.first + 6}`)).toBeVisible();
  await expectNoFaults(ann.page);
  // The text behind it is out of reach.
  await expect(ann.page.locator('main[inert]').getByRole('textbox', { name: 'Text', exact: true })).toHaveCount(1);

  await ann.page.keyboard.press('Home');
  await expect(history.past).toHaveText(/^# Weekly$/);
  const track = await ann.page.getByTestId('timeline').boundingBox();
  if (track === null) throw new Error('There is no timeline.');
  await ann.page.mouse.move(track.x + 4, track.y + 30);
  await ann.page.mouse.down();
  await ann.page.mouse.move(track.x + track.width * 0.9, track.y + 30, { steps: 5 });
  await ann.page.mouse.up();
  await expect(history.past).not.toHaveText(/^# Weekly$/);
  await ann.page.keyboard.press('End');
  await expect(history.past).toHaveCount(0);
  await expect(ann.status).toHaveText('Saved');

  await history.seek(room.first + 2);
  await history.button('Back to now').click();
  await expect(history.bar).toHaveCount(0);
  await expect(ann.editor).toBeFocused();
  await ann.expectText('# Weekly\n\none two three four five six ');
  room.close();
  ann.expectQuietConsole();
});

test('what happened is played, paused, and played to the end', async ({ person, server }) => {
  const room = await writtenRoom(server.url);
  room.close();
  const ann = await person(server.url, room.links.edit.token);
  const history = new HistoryPage(ann);
  await history.open();
  await history.button('Speed: 1 times').click();
  await expect(history.button('Speed: 4 times')).toBeVisible();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await ann.page.route(/\/history\?from=/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await history.button('Play').click();
  await expect(history.past).toHaveText(/^# Weekly$/);
  await history.button('Pause').click();
  await expect(history.button('Play')).toBeVisible();
  await expect(history.button('Restore this')).toBeEnabled();
  await history.button('Play').click();
  await expect(history.button('Pause')).toBeVisible();
  await expectNoFaults(ann.page);
  release();
  await expect(history.bar.getByText('This is the text now.')).toBeVisible();
  await expect(ann.editor).toHaveText(/six $/);
});

test('the place that was read stays in view, there and back', async ({ person, server }) => {
  const lines = Array.from({ length: 300 }, (_, index) => `Line ${index} of a long text.`);
  const { links } = await createRoom(server.url, { text: lines.join('\n') });
  const robot = openRobot({ url: server.url, token: links.edit.token });
  await robot.settled();
  // Much comes before the place that is read.
  for (let count = 0; count < 3; count++) {
    robot.edit(['New line\n'.repeat(20)]);
    await robot.settled();
  }
  robot.close();
  const ann = await person(server.url, links.edit.token);
  const firstLine = (text: Locator) =>
    text.evaluate((element) => {
      const top = element.closest('.cm-scroller')?.getBoundingClientRect().top ?? 0;
      const shown = [...element.querySelectorAll('.cm-line')].find((line) => line.getBoundingClientRect().top >= top);
      return shown?.textContent ?? null;
    });
  await ann.editor.evaluate((element) => element.closest('.cm-scroller')?.scrollTo(0, 5000));
  await expect.poll(() => firstLine(ann.editor)).toMatch(/^Line 1\d\d of/);
  const read = await firstLine(ann.editor);
  const history = new HistoryPage(ann);
  await history.open();
  await history.seek(1);
  await expect.poll(() => firstLine(history.past)).toBe(read);
  await history.button('Back to now').click();
  await expect(history.past).toHaveCount(0);
  await expect.poll(() => firstLine(ann.editor)).toBe(read);
});

test('a moment is restored while somebody else writes; both are right, and Undo takes it back', async ({
  person,
  server,
}) => {
  const room = await writtenRoom(server.url);
  const ann = await person(server.url, room.links.edit.token);
  const history = new HistoryPage(ann);
  await history.open();
  await history.seek(room.first + 2);
  const { rev } = await readText(server.url, room.links.edit.token);
  // Jonas writes on while Ann looks back.
  await room.jonas.caughtUp(rev);
  room.jonas.edit(['Jonas: ']);
  await room.jonas.settled();
  await history.button('Restore this').click();
  await expect(history.bar).toHaveCount(0);
  const toast = ann.page.getByText(/^Restored \d+ \w+, \d\d:\d\d as revision \d+\./);
  await expect(toast).toBeVisible();
  await ann.expectText('# Weekly\n\none two ');
  await room.jonas.caughtUp(rev + 2);
  expect(room.jonas.text()).toBe('# Weekly\n\none two ');
  await write(room.jonas, 'and on');
  await ann.expectText('# Weekly\n\none two and on');
  await ann.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await ann.expectText('Jonas: # Weekly\n\none two three four five six and on');
  await ann.expectSaved();
  expect((await readText(server.url, room.links.edit.token)).text).toBe(await ann.text());
  room.close();
});

test('two moments are compared, and one goes from change to change', async ({ person, server }) => {
  const room = await writtenRoom(server.url);
  const { rev } = await readText(server.url, room.links.edit.token);
  await room.mina.caughtUp(rev);
  // "two " goes, and a heading comes.
  room.mina.edit([8, ' notes', 6, -4]);
  await room.mina.settled();
  const ann = await person(server.url, room.links.edit.token);
  const history = new HistoryPage(ann);
  await history.open();
  await history.seek(room.first + 5);
  await history.button('Compare').click();
  await expect(history.button('Compare')).toHaveAttribute('aria-pressed', 'true');
  const compared = ann.page.getByRole('textbox', { name: 'Two moments compared' });
  await expect(compared.locator('ins')).toHaveText([' notes', 'six ']);
  await expect(compared.locator('del')).toHaveText(['two ']);
  await expect(compared.locator('del')).toHaveAttribute('title', /^Removed by Mina, /);
  await expect(history.bar.getByRole('slider')).toHaveCount(2);
  await expect(history.bar.getByText('3 changes')).toBeVisible();
  await ann.page.keyboard.press('Alt+ArrowDown');
  await ann.page.keyboard.press('Alt+ArrowDown');
  await expect(history.bar.getByText('Change 2 of 3')).toBeVisible();
  await expect(compared.locator('.past-current')).toHaveText('two ');
  await ann.page.keyboard.press('Alt+ArrowUp');
  await expect(history.bar.getByText('Change 1 of 3')).toBeVisible();
  await expectNoFaults(ann.page);
  // The later head goes back to before the newest revision.
  await history.bar.getByRole('slider', { name: 'Compare to' }).fill(String(room.first + 6));
  await expect(compared.locator('ins')).toHaveText(['six ']);
  room.close();
});

test('who comes back is offered what others have written since, marked in the text', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('Before. ');
  await ann.expectSaved();
  const token = ann.token();
  await expect.poll(() => ann.page.evaluate(() => localStorage.getItem('tandem:visits'))).toContain(token);
  await ann.page.goto('about:blank');
  const bob = openRobot({ url: server.url, token, name: 'Bob' });
  await bob.settled();
  await write(bob, 'Meanwhile.');
  bob.close();
  await ann.open(`${server.url}/r/${token}`);
  await expect(ann.page.getByText(/^Others wrote here since your last visit, /)).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Show changes' }).click();
  const compared = ann.page.getByRole('textbox', { name: 'Two moments compared' });
  await expect(compared.locator('ins')).toHaveText(['Meanwhile.']);
  await expectNoFaults(ann.page);
  await expect(compared.locator('ins')).toHaveAttribute('title', /^Added by Bob, /);
});

test('a version gets a name, is found by it, renamed and unnamed; a link leads to its moment', async ({
  person,
  server,
}) => {
  const room = await writtenRoom(server.url);
  const ann = await person(server.url, room.links.edit.token);
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const history = new HistoryPage(ann);
  await history.open();
  await history.seek(room.first + 2);
  await history.button('Name').click();
  const field = ann.page.getByRole('textbox', { name: 'Name of this version' });
  await expect(field).toBeFocused();
  await ann.type('First draft');
  await expectNoFaults(ann.page);
  await ann.page.keyboard.press('Enter');
  const flag = history.button('Go to version First draft');
  await expect(flag).toBeVisible();
  await history.slider.focus();
  await ann.page.keyboard.press('End');
  await flag.click();
  await expect(history.past).toHaveText(/two $/);

  await history.button('Copy a link to this moment').click();
  await expect(ann.page.getByText('Link to this moment copied.')).toBeVisible();
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${server.url}/r/${room.links.edit.token}?rev=${room.first + 2}`);

  await history.button('Rename').click();
  await field.fill('Second draft');
  await ann.page.keyboard.press('Enter');
  await expect(history.button('Go to version Second draft')).toBeVisible();
  await history.button('Rename').click();
  await history.button('Remove the name').click();
  await expect(history.button(/^Go to version/)).toHaveCount(0);

  // Whoever only reads sees the moment, and cannot change anything.
  const reader = new RoomPage(await ann.page.context().newPage());
  await reader.page.goto(`${server.url}/r/${room.links.view.token}?rev=${room.first + 2}`);
  const seen = new HistoryPage(reader);
  await expect(seen.past).toHaveText(/two $/);
  await expect(seen.button('Compare')).toBeVisible();
  for (const name of ['Restore this', 'Name', 'Undo a person']) await expect(seen.button(name)).toHaveCount(0);
  await expectNoFaults(reader.page);
  await seen.button('Back to now').click();
  await expect.poll(() => new URL(reader.page.url()).search).toBe('');
  room.close();
});

test("one person's work is taken back after a preview, and everybody else's stays", async ({ person, server }) => {
  const room = await writtenRoom(server.url);
  const ann = await person(server.url, room.links.edit.token);
  const history = new HistoryPage(ann);
  await history.open();
  await history.button('Undo a person').click();
  const dialog = ann.page.getByRole('dialog', { name: 'Undo a person' });
  await dialog.getByLabel('Whose changes').selectOption({ label: 'Mina' });
  await expect(dialog.getByText(/^Undo 3 changes by Mina since .+\. Everybody else's work stays\./)).toBeVisible();
  await expect(dialog.locator('del')).toHaveText(['three ', 'five six ']);
  await expectNoFaults(ann.page);
  await dialog.getByRole('button', { name: 'Undo 3 changes' }).click();
  await expect(dialog).toHaveCount(0);
  await ann.expectText('# Weekly\n\none two four ');
  await ann.expectSaved();
  await ann.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await ann.expectText('# Weekly\n\none two three four five six ');
  await ann.expectSaved();
  room.close();
});

test('whoever is here can be undone from their menu', async ({ person, server }) => {
  const room = await writtenRoom(server.url);
  const ann = await person(server.url, room.links.edit.token);
  await ann.page.getByTestId('person').filter({ hasText: 'Mi' }).focus();
  await ann.page.keyboard.press('ArrowDown');
  await ann.page.getByRole('menuitem', { name: /Undo/ }).press('Enter');
  const dialog = ann.page.getByRole('dialog', { name: 'Undo a person' });
  await expect(dialog.getByText(/^Undo 3 changes by Mina since .+/)).toBeVisible();
  room.close();
});

test('a fresh room has no past', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.page.keyboard.press('ControlOrMeta+Shift+h');
  await expect(ann.page.getByText('This room begins now.')).toBeVisible();
});

test('on a phone the history is a sheet, and everything in it can be reached', async ({ browser, server }) => {
  const room = await writtenRoom(server.url);
  room.close();
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.page.goto(`${server.url}/r/${room.links.edit.token}?rev=${room.first + 3}`);
  const history = new HistoryPage(phone);
  await expect(history.past).toHaveText(/three $/);
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  await expectNoFaults(phone.page);
  const track = await phone.page.getByTestId('timeline').boundingBox();
  if (track === null) throw new Error('There is no timeline.');
  await phone.page.touchscreen.tap(track.x + 3, track.y + 30);
  await expect(history.past).not.toHaveText(/three $/);
  await phone.page
    .getByTestId('timeline')
    .getByRole('slider')
    .fill(String(room.first + 2));
  await expect(history.past).toHaveText(/two $/);
  // There is nothing to format in the past.
  await expect(phone.page.getByRole('toolbar', { name: 'Format' })).toHaveCount(0);
  await history.button('Undo a person').tap();
  await expect(phone.page.getByRole('dialog', { name: 'Undo a person' })).toBeVisible();
  await phone.page.keyboard.press('Escape');
  await history.button('Restore this').tap();
  await expect(phone.editor).toHaveText(/two $/);
  await context.close();
});
