import { devices, type Locator } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

async function openSettings(room: RoomPage): Promise<Locator> {
  await room.page.keyboard.press('ControlOrMeta+,');
  const dialog = room.page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Chooses in the settings, and goes back to the text. */
async function choose(room: RoomPage, choices: readonly [group: string, option: string][]): Promise<void> {
  const dialog = await openSettings(room);
  for (const [group, option] of choices) {
    const radio = dialog.getByRole('radiogroup', { name: group }).getByRole('radio', { name: option, exact: true });
    await radio.check();
    await expect(radio).toBeChecked();
  }
  await room.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(room.editor).toBeFocused();
}

function mode(room: RoomPage): Locator {
  return room.page.getByTestId('key-mode');
}

test('settings: face, size, ruler, indent, spelling hold at once, survive a reload and are there at the first paint', async ({
  browser,
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { title: 'Plans', text: '# Plans\n\nSome words.\nif true' });
  const ann = await person(server.url, links.edit.token);
  const line = ann.page.locator('.cm-line', { hasText: 'Some words.' });
  const sizeOf = () => line.evaluate((element) => getComputedStyle(element).fontSize);
  const faceOf = () => line.evaluate((element) => getComputedStyle(element).fontFamily);
  expect(await sizeOf()).toBe('17px');

  const dialog = await openSettings(ann);
  await expectNoFaults(ann.page);
  await dialog.getByRole('radio', { name: 'Serif' }).check();
  await dialog.getByRole('radio', { name: '21', exact: true }).check();
  await dialog.getByRole('radio', { name: '80', exact: true }).check();
  await dialog.getByRole('radio', { name: '4 columns' }).check();
  await dialog.getByRole('switch', { name: 'Check the spelling' }).click();
  await expect.poll(sizeOf).toBe('21px');
  expect(await faceOf()).toContain('Literata');
  await expect(ann.editor).toHaveAttribute('spellcheck', 'false');
  await expect
    .poll(() => ann.page.evaluate(() => document.fonts.check("17px 'Literata Variable'")), { timeout: 30_000 })
    .toBe(true);
  await ann.page.keyboard.press('Escape');
  await expect(ann.editor).toBeFocused();

  await ann.caretToEnd();
  await ann.page.keyboard.press('Tab');
  await ann.expectText('# Plans\n\nSome words.\n    if true');
  await ann.page.keyboard.press('Shift+Tab');
  await ann.expectText('# Plans\n\nSome words.\nif true');
  const ruler = () => ann.editor.evaluate((element) => parseFloat(getComputedStyle(element, '::before').left));
  const before = await ruler();
  expect(before).toBeGreaterThan(600);

  await ann.page.reload();
  await ann.ready();
  expect(await sizeOf()).toBe('21px');
  await expect.poll(ruler).toBe(before);
  await expect(ann.editor).toHaveAttribute('spellcheck', 'false');
  await choose(ann, [
    ['Writing face', 'Automatic'],
    ['Size', '17'],
    ['Ruler', 'None'],
  ]);
  await expect.poll(sizeOf).toBe('17px');
  expect(await faceOf()).not.toContain('Literata');
  ann.expectQuietConsole();

  // The text that comes with the page has its size before any of the page's own scripts ran.
  const context = await browser.newContext();
  await context.addInitScript(() =>
    localStorage.setItem('tandem:preferences', JSON.stringify({ size: 19, face: 'mono' })),
  );
  const page = await context.newPage();
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${server.url}/r/${links.edit.token}`, { waitUntil: 'domcontentloaded' });
  const still = page.getByText('Some words.');
  await expect(still).toHaveCSS('font-family', /Mono/);
  expect(Math.round(await still.evaluate((element) => parseFloat(getComputedStyle(element).fontSize)))).toBe(18);
  await context.close();
});

test('Vim: modes, dd, an undo that is only one’s own, :w tells the truth, and a text that only reads stays', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'one\ntwo\nthree' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await ann.caretToStart();
  await choose(ann, [['Keys of', 'Vim']]);
  await expect(mode(ann)).toHaveText('Vim: normal');
  await ann.page.keyboard.press('i');
  await expect(mode(ann)).toHaveText('Vim: insert');
  // At once: what is typed over half a second is several steps for undo.
  await ann.page.keyboard.insertText('zero ');
  await bob.caretToEnd();
  await bob.type(' by Bob');
  await ann.expectText('zero one\ntwo\nthree by Bob');
  await ann.page.keyboard.press('Escape');
  await expect(mode(ann)).toHaveText('Vim: normal');
  await ann.type('jdd');
  await ann.expectText('zero one\nthree by Bob');
  // `.` repeats what Ann did, not what Bob typed meanwhile.
  await ann.type('u');
  await ann.expectText('zero one\ntwo\nthree by Bob');
  await ann.type('u');
  await ann.expectText('one\ntwo\nthree by Bob');
  await ann.type('u');
  await ann.expectText('one\ntwo\nthree by Bob');
  await bob.expectText('one\ntwo\nthree by Bob');

  await ann.expectSaved();
  await ann.type(':w');
  await expectNoFaults(ann.page);
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByText('Everything is saved by itself.')).toBeVisible();
  await ann.goOffline();
  await ann.type('x:w');
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByText('1 character not on disk yet. They go there by themselves.')).toBeVisible();
  await ann.goOnline();
  await ann.expectSaved();

  // It comes back with the page, and a text that only reads is not written.
  await ann.page.goto(`${server.url}/r/${links.view.token}`);
  await expect(mode(ann)).toHaveText('Vim: normal');
  await ann.page.locator('.cm-content').focus();
  await ann.type('ddix');
  await expect.poll(() => ann.page.locator('.cm-line').allTextContents()).toContain('three by Bob');
  expect((await ann.page.locator('.cm-line').allTextContents()).length).toBe(3);
});

test('Emacs: kill, yank and undo; a mark that others do not take away; the palette’s key belongs to the text', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'first line\n- second' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await ann.caretToStart();
  await choose(ann, [['Keys of', 'Emacs']]);
  await expect(mode(ann)).toHaveText('Emacs');
  await ann.page.keyboard.press('Control+k');
  await ann.expectText('\n- second');
  await ann.page.keyboard.press('Control+y');
  await ann.expectText('first line\n- second');

  await ann.page.keyboard.press('Control+a');
  await ann.page.keyboard.press('Control+Space');
  await ann.page.keyboard.press('Alt+f');
  await bob.caretToEnd();
  await bob.type('!');
  await expect.poll(() => ann.text()).toContain('second!');
  await ann.page.keyboard.press('Control+f');
  await ann.page.keyboard.press('Control+w');
  await ann.expectText('line\n- second!');
  await ann.page.keyboard.press('Control+/');
  await ann.expectText('first line\n- second!');

  // Lists go on as without these keys.
  await ann.caretToEnd();
  await ann.page.keyboard.press('Enter');
  await ann.type('third');
  await ann.expectText('first line\n- second!\n- third');
  await ann.expectSaved();
  await ann.page.keyboard.press('Control+x');
  await ann.page.keyboard.press('Control+s');
  await expect(ann.page.getByText('Everything is saved by itself.')).toBeVisible();
  await expectNoFaults(ann.page);
});

test('lists count on, nest and are ticked; words are marked; an address becomes a link; a table is walked', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: '1. one\n2. three' });
  const ann = await person(server.url, links.edit.token);
  await ann.expectParsed();
  await ann.caretToStart();
  await ann.page.keyboard.press('End');
  await ann.page.keyboard.press('Enter');
  await ann.type('two');
  await ann.expectText('1. one\n2. two\n3. three');
  await ann.page.keyboard.press('Tab');
  await ann.expectText('1. one\n   1. two\n2. three');
  await ann.page.keyboard.press('Shift+Tab');
  await ann.expectText('1. one\n2. two\n3. three');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.expectText('1. one\n   1. two\n2. three');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.expectText('1. one\n2. two\n3. three');

  await ann.caretToEnd();
  await ann.page.keyboard.press('Enter');
  await ann.page.keyboard.press('Enter');
  await ann.expectText('1. one\n2. two\n3. three\n');
  await ann.type('- [ ] wash');
  await ann.page.keyboard.press('ControlOrMeta+Enter');
  await ann.expectText('1. one\n2. two\n3. three\n- [x] wash');
  await ann.page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
  await ann.page.keyboard.press('ControlOrMeta+b');
  await ann.expectText('1. one\n2. two\n3. three\n- [x] **wash**');
  await ann.page.keyboard.press('ControlOrMeta+b');
  await ann.expectText('1. one\n2. two\n3. three\n- [x] wash');
  await ann.page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'https://example.com/a');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await ann.expectText('1. one\n2. two\n3. three\n- [x] [wash](https://example.com/a)');

  await ann.page.keyboard.press('ControlOrMeta+a');
  await ann.page.keyboard.press('Delete');
  await ann.type('|名|n|\n|-|-|\n|Ann|');
  await ann.page.keyboard.press('Tab');
  await ann.expectText('| 名  | n   |\n| --- | --- |\n| Ann |     |');
  await ann.type('1');
  await ann.page.keyboard.press('Tab');
  const grown = '| 名  | n   |\n| --- | --- |\n| Ann | 1   |\n|     |     |';
  await ann.expectText(grown);
  // At once: letters that come slowly, as on a busy machine, are steps of their own.
  await ann.page.keyboard.insertText('日本語');
  await ann.page.keyboard.press('Tab');
  await expect.poll(() => ann.text()).toContain('| 日本語 |     |');
  expect((await ann.text()).split('\n')[2]).toBe('| Ann    | 1   |');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.expectText(grown);
  ann.expectQuietConsole();
});

test('the format bar of a phone: above the keyboard, keeps focus and selection, shows what the caret is in', async ({
  browser,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'some words' });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.open(`${server.url}/r/${links.edit.token}`);
  const bar = phone.page.getByRole('toolbar', { name: 'Format' });
  await expect(bar).toBeVisible();
  // What stands beside it may still be drawn.
  await expect(async () => {
    const box = await bar.boundingBox();
    expect(Math.round(box?.height ?? 0)).toBe(48);
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(viewport.height);
  }).toPass();
  for (const button of await bar.getByRole('button').all()) {
    const target = await button.boundingBox();
    expect(target?.width ?? 0).toBeGreaterThanOrEqual(44);
    expect(target?.height ?? 0).toBeGreaterThanOrEqual(44);
  }
  await phone.editor.tap();
  await expect(phone.editor).toBeFocused();
  await phone.page.keyboard.press('ControlOrMeta+a');
  const bold = bar.getByRole('button', { name: 'Bold' });
  await bold.tap();
  await phone.expectText('**some words**');
  await expect(phone.editor).toBeFocused();
  await expect(bold).toHaveAttribute('aria-pressed', 'true');
  await phone.type('other');
  await phone.expectText('**other**');
  await bar.getByRole('button', { name: 'Task list' }).tap();
  await phone.expectText('- [ ] **other**');
  await bar.getByRole('button', { name: 'Undo' }).tap();
  await phone.expectText('**other**');
  await phone.caretToEnd();
  await phone.page.keyboard.press('Enter');
  await expect(bold).toHaveAttribute('aria-pressed', 'false');
  await expectNoFaults(phone.page);

  const dialog = await openSettings(phone);
  await expectNoFaults(phone.page);
  await expect.poll(async () => Math.round((await dialog.boundingBox())?.width ?? 0)).toBe(viewport.width);
  phone.expectQuietConsole();

  await phone.page.goto(`${server.url}/r/${links.view.token}`);
  await expect(phone.page.getByText('other')).toBeVisible();
  await expect(phone.page.locator('.cm-editor')).toBeVisible();
  await expect(bar).toHaveCount(0);
  await context.close();
});

test('the format bar of a desktop: on demand, with arrows, not for code', async ({ person, server }) => {
  const ann = await person(server.url);
  const bar = ann.page.getByRole('toolbar', { name: 'Format' });
  await expect(bar).toHaveCount(0);
  const dialog = await openSettings(ann);
  await dialog.getByRole('switch', { name: 'Format bar' }).click();
  await ann.page.keyboard.press('Escape');
  await expect(bar).toBeVisible();
  await ann.focus();
  await ann.type('words');
  await bar.getByRole('button', { name: 'Numbered list' }).click();
  await ann.expectText('1. words');
  await expect(ann.editor).toBeFocused();
  await bar.getByRole('button', { name: 'Heading' }).focus();
  await ann.page.keyboard.press('ArrowRight');
  await expect(bar.getByRole('button', { name: 'Bold' })).toBeFocused();
  await ann.page.keyboard.press('End');
  await expect(bar.getByRole('button', { name: 'Redo' })).toBeFocused();
  await ann.page.keyboard.press('ArrowLeft');
  await ann.page.keyboard.press('Enter');
  await ann.expectText('words');
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Markdown' }).click();
  await ann.page.getByRole('option', { name: 'Plain text' }).click();
  await expect(bar).toHaveCount(0);
  ann.expectQuietConsole();
});

test('a template from the hint of an empty room: text and title for everybody, undone in one step', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await expect(ann.page.getByText('Or start from')).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByText('a retrospective', { exact: true }).click();
  await expect.poll(() => ann.text()).toContain('## Went well');
  await expect(ann.editor).toBeFocused();
  // At once: letters that come slowly, as on a busy machine, are steps of their own.
  await ann.page.keyboard.insertText('We wrote it.');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await expect.poll(() => bob.text()).toContain('- We wrote it.');
  await expect(bob.page).toHaveTitle(/^Retrospective, \d+ \w+ \d{4}/);
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => bob.text()).toMatch(/^Write here/);
  ann.expectQuietConsole();
});
