import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRoom, readText } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { MARKDOWN_SAMPLE } from './markdown-sample.ts';
import type { RoomPage } from './room-page.ts';
import { watchRequests } from './watch-requests.ts';

async function pasteHtml({ editor }: RoomPage, html: string, plain: string, shift = false): Promise<void> {
  await editor.evaluate(
    (element, data) => {
      const board = new DataTransfer();
      if (!data.shift) board.setData('text/html', data.html);
      board.setData('text/plain', data.plain);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: board, bubbles: true, cancelable: true }));
    },
    { html, plain, shift },
  );
}

async function downloadAs({ page }: RoomPage, kind: string): Promise<{ name: string; text: string; path: string }> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Download as' }).click();
  await expect(page.getByRole('dialog', { name: 'Download as' })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('dialog').getByRole('button', { name: kind }).click(),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), text: readFileSync(path, 'utf8'), path };
}

test('the text is taken along as Markdown, words, a page that stands alone, and on paper', async ({
  person,
  server,
  browser,
}) => {
  const { links } = await createRoom(server.url, { text: MARKDOWN_SAMPLE, title: 'Weekly notes' });
  const ann = await person(server.url, links.edit.token);
  await ann.page.getByRole('button', { name: 'More' }).click();
  await ann.page.getByRole('button', { name: 'Download as' }).click();
  await expect(ann.page.getByRole('dialog', { name: 'Download as' })).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.keyboard.press('Escape');

  const markdown = await downloadAs(ann, 'Markdown');
  expect(markdown).toMatchObject({ name: 'Weekly notes.md', text: MARKDOWN_SAMPLE });
  const words = await downloadAs(ann, 'Plain text');
  expect(words.name).toBe('Weekly notes.txt');
  expect(words.text).toContain('We ship on Thursday, see the tasks.');
  expect(words.text).toContain('- [x] Restore drill\n- [ ] Rehearse the failover');
  expect(words.text).toContain('Ann\t14');
  expect(words.text).not.toMatch(/\*\*|##|\|/);

  const page = await downloadAs(ann, 'Web page');
  expect(page.name).toBe('Weekly notes.html');
  expect(page.text).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)/);
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
  const alone = await context.newPage();
  const asked = watchRequests(alone);
  const path = test.info().outputPath('alone.html');
  writeFileSync(path, page.text);
  await alone.goto(`file://${path}`);
  await expect(alone).toHaveTitle('Weekly notes');
  await expect(alone.getByRole('heading', { name: 'Platform weekly' })).toBeVisible();
  await expect(alone.locator('math')).toBeVisible();
  await expect(alone.getByRole('img', { name: /Write/ })).toBeVisible();
  await expect(alone.getByRole('checkbox').first()).toBeDisabled();
  expect(asked.filter((one) => !/^(file|data):/.test(one))).toEqual([]);
  const ground = () => alone.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await alone.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
  await context.close();

  // The dialog of the browser is not ours to press: what it would print is looked at instead.
  await ann.page.evaluate(() => {
    window.print = () => Object.assign(window, { tandemPrints: true });
  });
  await ann.focus();
  await ann.page.keyboard.press('ControlOrMeta+p');
  await ann.page.waitForFunction(() => Reflect.get(window, 'tandemPrints') === true, null, { timeout: 60_000 });
  await ann.page.emulateMedia({ media: 'print' });
  await expect(ann.page.locator('.print-room').getByText('Platform weekly')).toBeVisible();
  await expect(ann.page.locator('header')).toBeHidden();
  const pdf = await ann.page.pdf();
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const read = spawnSync('pdftotext', ['-', '-'], { input: pdf });
  if (read.error === undefined) expect(read.stdout.toString()).toContain('Platform weekly');
  else expect(pdf.length).toBeGreaterThan(10_000);
  await ann.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(ann.page.locator('.print-room')).toHaveCount(0);
  ann.expectQuietConsole();
});

test('the menu of the browser prints the text, all of it, and not the page', async ({ person, server }) => {
  const lines = Array.from({ length: 400 }, (_, n) => `Line ${n + 1} of the text`);
  const { links } = await createRoom(server.url, { text: lines.join('\n') });
  const ann = await person(server.url, links.edit.token);
  const sheet = ann.page.locator('.print-room');
  // It is fetched when the page has all that it needs for itself.
  await expect
    .poll(
      async () => {
        await ann.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
        return sheet.count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  await ann.page.emulateMedia({ media: 'print' });
  await expect(sheet.getByText('Line 400 of the text')).toBeVisible();
  await expect(ann.page.locator('header')).toBeHidden();
  await ann.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
});

async function bringIn({ page }: RoomPage, name: string, bytes: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Bring in a file' }).click();
  await expect(page.getByRole('dialog', { name: 'Bring in a file' })).toBeVisible();
  await expectNoFaults(page);
  await page.getByLabel('Choose a file').last().setInputFiles({ name, mimeType: '', buffer: bytes });
}

test('files in any encoding come in; where there is a text already, after a question', async ({ person, server }) => {
  const ann = await person(server.url);
  await bringIn(
    ann,
    'quotes.txt',
    Buffer.from([0x93, ...Buffer.from('so what'), 0x94, 0x20, ...Buffer.from('caf\u00e9', 'latin1')]),
  );
  await ann.expectText('“so what” café');
  await expect(ann.page.getByText('Read as windows-1252.')).toBeVisible();
  await ann.expectSaved();

  await bringIn(ann, 'wide.txt', Buffer.from('\ufeffGrüße', 'utf16le'));
  const dialog = ann.page.getByRole('dialog', { name: 'Bring in wide.txt' });
  await expect(dialog).toBeVisible();
  await expectNoFaults(ann.page);
  await dialog.getByRole('button', { name: 'Replace the text' }).click();
  await ann.expectText('Grüße');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await ann.expectText('“so what” café');

  await ann.caretToEnd();
  await ann.type('\n');
  await bringIn(
    ann,
    'page.html',
    Buffer.from('<h2>Title</h2><p>Some <b>bold</b> words<script>window.tandemRan=1</script></p>'),
  );
  await ann.page.getByRole('button', { name: 'Insert it at the caret' }).click();
  await expect.poll(() => ann.text()).toBe('“so what” café\n## Title\n\nSome **bold** words');
  expect(await ann.page.evaluate(() => Reflect.get(window, 'tandemRan') as unknown)).toBe(undefined);
  await bringIn(ann, 'photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x80]));
  await expect(ann.page.getByText('This file is not text, so nothing was changed.')).toBeVisible();
});

test('rich text is pasted as Markdown, and as words with Ctrl Shift V', async ({ person, server }) => {
  const ann = await person(server.url);
  const asked = watchRequests(ann.page);
  const html = `<meta charset="utf-8"><h2>Plan</h2><p>We <b>ship</b> <img src="https://evil.invalid/x.gif" onerror="window.tandemRan=1">on <a href="https://example.com/">Thursday</a></p><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table><script>window.tandemRan=1</script>`;
  await pasteHtml(ann, html, 'Plan\nWe ship');
  const pasted =
    '## Plan\n\nWe **ship** ![](https://evil.invalid/x.gif)on [Thursday](https://example.com/)\n\n| a | b |\n| - | - |\n| 1 | 2 |';
  await ann.expectText(pasted);
  await ann.page.keyboard.press('ControlOrMeta+z');
  await expect(ann.editor).not.toContainText('Plan');
  await pasteHtml(ann, html, 'Plan\nWe ship', true);
  await ann.expectText('Plan\nWe ship');
  expect(await ann.page.evaluate(() => Reflect.get(window, 'tandemRan') as unknown)).toBe(undefined);
  expect(asked.filter((one) => one.includes('evil.invalid'))).toEqual([]);

  // As the browser does it, with its own clipboard.
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ann.page.evaluate(async () => {
    const of = (type: string, words: string) => new Blob([words], { type });
    await navigator.clipboard.write([
      new ClipboardItem({ 'text/html': of('text/html', '<b>bold</b>'), 'text/plain': of('text/plain', 'bold') }),
    ]);
  });
  await ann.page.keyboard.press('ControlOrMeta+a');
  await ann.page.keyboard.press('ControlOrMeta+v');
  await ann.expectText('**bold**');
  await ann.page.keyboard.press('ControlOrMeta+a');
  await ann.page.keyboard.press('ControlOrMeta+Shift+v');
  await ann.expectText('bold');

  // Into code everything comes as it is.
  await ann.page.keyboard.press('ControlOrMeta+a');
  await ann.type('```\n');
  await pasteHtml(ann, '<b>x</b>', 'x');
  await expect.poll(() => ann.text()).toContain('\nx');
  expect(await ann.text()).not.toContain('**x**');
});

test('curl brings a file into a room and back', async ({ server }) => {
  const { links } = await createRoom(server.url, { text: 'before\n' });
  const address = `${server.url}/api/rooms/${links.edit.token}/text`;
  const text = '# Notes\n\nfrom a file, 👋\n';
  const path = test.info().outputPath('notes.md');
  writeFileSync(path, text);
  const sent = spawnSync('curl', ['-sf', '--data-binary', `@${path}`, '-X', 'PUT', address]);
  if (sent.error === undefined) {
    expect(sent.status, sent.stderr.toString()).toBe(0);
    const back = spawnSync('curl', ['-sf', address]);
    expect(back.stdout.toString()).toBe(text);
  } else {
    // curl's own content type.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(address, { method: 'PUT', body: readFileSync(path), headers })).ok).toBe(true);
  }
  expect((await readText(server.url, links.edit.token)).text).toBe(text);
});
