import { devices } from '@playwright/test';
import { createRoom, readText, startServer, type TestServer } from '../harness/index.ts';
import { expect, test as base } from './fixtures.ts';
import { RoomPage } from './room-page.ts';
import { type PageServer, servePages } from './yjs-pages/serve.ts';
import { snippet } from './yjs-pages/snippet.ts';
import { YjsPage } from './yjs-pages/yjs-page.ts';

/** What each of two people types: told apart by case, so that each one's letters can be counted in the mixed text. */
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();
/** Longer than the half second in which both editors take what is typed for one step of undo. */
const STEP_MS = 800;

interface Fixtures {
  /** Opens a page with stock y-codemirror.next and y-websocket, in a browser context of its own. */
  stranger: (token: string, who?: { name?: string; color?: string }) => Promise<YjsPage>;
}

interface SharedFixtures {
  pages: PageServer;
}

const test = base.extend<Fixtures, SharedFixtures>({
  pages: [
    async ({}, use) => {
      const pages = await servePages();
      await pages.add('codemirror', { file: 'e2e/browser/yjs-pages/codemirror.ts' });
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],
  // The pages come from another origin than the server, which has to allow it.
  server: [
    async ({ pages }, use) => {
      const server = await startServer({ env: { ALLOWED_ORIGINS: pages.origin } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  stranger: async ({ browser, pages, server }, use) => {
    const opened: YjsPage[] = [];
    await use(async (token, { name = 'Yuri', color = '#7f22c0' } = {}) => {
      const context = await browser.newContext();
      const stranger = new YjsPage(await context.newPage());
      opened.push(stranger);
      const query = new URLSearchParams({ name, color });
      await stranger.open(`${pages.origin}/codemirror?${query}#${server.url}/r/${token}`);
      return stranger;
    });
    for (const { page, errors } of opened) {
      await page.context().close();
      expect(errors, 'errors in the page of the Yjs editor').toEqual([]);
    }
  },
});

function lettersOf(text: string, alphabet: string): string {
  return text
    .split('')
    .filter((letter) => alphabet.includes(letter))
    .join('');
}

async function expectSameText(
  { url }: TestServer,
  token: string,
  pages: readonly { expectText(text: string, timeout?: number): Promise<void> }[],
): Promise<string> {
  const { text } = await readText(url, token);
  for (const page of pages) await page.expectText(text);
  return text;
}

test('[P4] a stock Yjs editor and ours type into the same word at once: the same text, each letter once', async ({
  person,
  server,
  stranger,
}) => {
  const ann = await person(server.url);
  await ann.type('word');
  await ann.expectSaved();
  const yuri = await stranger(ann.token());
  await yuri.expectText('word');
  for (const one of [ann, yuri]) {
    await one.caretToStart();
    await one.page.keyboard.press('ArrowRight');
    await one.page.keyboard.press('ArrowRight');
  }
  await Promise.all([ann.type(SMALL, { delay: 20 }), yuri.type(LARGE, { delay: 20 })]);
  await ann.expectSaved();
  await expect.poll(async () => lettersOf((await readText(server.url, ann.token())).text, LARGE)).toBe(LARGE);
  const text = await expectSameText(server, ann.token(), [ann, yuri]);
  expect(text.length).toBe(4 + 26 + 26);
  expect(text.startsWith('wo') && text.endsWith('rd')).toBe(true);
  expect(lettersOf(text.slice(2, -2), SMALL)).toBe(SMALL);
  ann.expectQuietConsole();
});

test('both see where the other writes, and who it is; ours says how they joined', async ({
  person,
  server,
  stranger,
}) => {
  const ann = await person(server.url);
  await ann.type('A line to read.');
  await ann.expectSaved();
  const annName = (await ann.people.first().getAttribute('aria-label'))?.replace(/, you$/, '') ?? '';
  const yuri = await stranger(ann.token(), { color: '#8f4502' });

  const chip = ann.page.locator('[data-testid=person][data-kind=yjs]');
  await expect(chip).toHaveAccessibleName('Yuri, joined with another editor (Yjs)');
  await expect(chip).toHaveAttribute('title', 'Yuri, joined with another editor (Yjs)');
  await yuri.expectText('A line to read.');
  await yuri.caretToEnd();
  await yuri.type(' More');
  await ann.expectText('A line to read. More');

  await expect(ann.carets()).toHaveCount(1);
  await expect(ann.caretTags()).toHaveText('Yuri');
  const inkOf = (element: Element) => getComputedStyle(element).getPropertyValue('--a');
  expect(await ann.carets().evaluate(inkOf)).toBe(await chip.evaluate(inkOf));
  await expect(chip).toHaveCSS('--a', await ann.carets().evaluate(inkOf));

  await ann.caretToStart();
  await expect(yuri.names()).toHaveText([annName]);
  await ann.page.keyboard.press('Shift+ArrowRight');
  await expect(yuri.editor.locator('.cm-ySelection')).toHaveText('A');
  await yuri.caretToStart();
  await yuri.page.keyboard.press('Shift+End');
  await expect(ann.page.locator('.tandem-selection')).toHaveCount(1);

  await yuri.page.close();
  await expect(ann.people).toHaveCount(1);
  await expect(ann.carets()).toHaveCount(0);
});

test('[P3] [P5] the server is killed while both type: nothing is lost, doubled or moved', async ({
  person,
  server,
  stranger,
}) => {
  test.setTimeout(180_000);
  const ann = await person(server.url);
  await ann.type('0');
  await ann.expectSaved();
  const yuri = await stranger(ann.token());
  await yuri.expectText('0');
  await yuri.caretToEnd();

  const until = Date.now() + 20_000;
  const typed = { ann: '', yuri: '' };
  const write = async (who: 'ann' | 'yuri'): Promise<void> => {
    const [page, alphabet] = who === 'ann' ? [ann, SMALL] : [yuri, LARGE];
    for (let next = 0; Date.now() < until; next++) {
      const letter = alphabet.charAt(next % alphabet.length);
      await page.type(letter);
      typed[who] += letter;
      await page.page.waitForTimeout(20);
    }
  };
  const disturb = async (): Promise<void> => {
    await ann.page.waitForTimeout(4_000);
    await server.kill('SIGKILL');
    await ann.page.waitForTimeout(2_000);
    await server.restart();
    await ann.page.waitForTimeout(5_000);
    await server.restart();
  };
  await Promise.all([write('ann'), write('yuri'), disturb()]);
  await ann.expectSaved(60_000);
  const there = async () => lettersOf((await readText(server.url, ann.token())).text, LARGE);
  await expect.poll(there, { timeout: 60_000 }).toBe(typed.yuri);

  const text = await expectSameText(server, ann.token(), [ann, yuri]);
  expect(typed.ann.length, 'letters typed by one of them').toBeGreaterThan(100);
  expect(lettersOf(text, SMALL)).toBe(typed.ann);
  expect(text.length).toBe(1 + typed.ann.length + typed.yuri.length);
  // And they are the same two people.
  await expect(ann.page.locator('[data-testid=person][data-kind=yjs]')).toHaveCount(1);
  await expect(yuri.names()).toHaveCount(1);
});

test('undo takes back only what oneself typed, on both sides', async ({ person, server, stranger }) => {
  const ann = await person(server.url);
  await ann.type('start ');
  await ann.expectSaved();
  const yuri = await stranger(ann.token());
  await yuri.expectText('start ');
  await ann.page.waitForTimeout(STEP_MS);
  // At once: letters that come slowly, as on a busy machine, are steps of their own.
  await ann.page.keyboard.insertText('one ');
  await yuri.expectText('start one ');
  await yuri.caretToEnd();
  await yuri.page.keyboard.insertText('TWO');
  await ann.expectText('start one TWO');
  await ann.page.waitForTimeout(STEP_MS);
  await ann.page.keyboard.insertText('three');
  await yuri.expectText('start one threeTWO');

  await yuri.page.keyboard.press('ControlOrMeta+z');
  await ann.expectText('start one three');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await yuri.expectText('start one ');
  await yuri.page.keyboard.press('ControlOrMeta+Shift+Z');
  await ann.expectText('start one TWO');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await yuri.expectText('start TWO');
  await expectSameText(server, ann.token(), [ann, yuri]);
});

test('on a phone the list of people says how they joined', async ({ browser, server, stranger }) => {
  const { links } = await createRoom(server.url, { text: 'Some words.' });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.open(`${server.url}/r/${links.edit.token}`);
  await stranger(links.edit.token);
  await phone.page.getByRole('button', { name: '2 people' }).tap();
  await expect(phone.page.getByRole('button', { name: 'Yuri Here with another editor (Yjs)' })).toBeVisible();
  await context.close();
});

test('a view link reads along', async ({ person, server, stranger }) => {
  const { links } = await createRoom(server.url, { text: 'To read' });
  const ann = await person(server.url, links.edit.token);
  const yuri = await stranger(links.view.token);
  await yuri.expectText('To read');
  await yuri.caretToEnd();
  await yuri.type(' only');
  await ann.caretToStart();
  await ann.type('Not ');
  await yuri.expectText('Not To read only');
  expect((await readText(server.url, links.edit.token)).text).toBe('Not To read');
});

test('docs/YJS.md: the code for CodeMirror edits a room as it stands there', async ({
  page,
  pages,
  person,
  server,
}) => {
  await pages.add('ada', { code: snippet('CodeMirror') });
  const { links } = await createRoom(server.url, { text: 'Hello' });
  const ann = await person(server.url, links.edit.token);
  const ada = new YjsPage(page);
  await ada.open(`${pages.origin}/ada#${links.edit.url}`);
  await ada.expectText('Hello');
  await ada.caretToEnd();
  await ada.type(' from CodeMirror');
  await ann.expectText('Hello from CodeMirror');
  await expect(ann.caretTags()).toHaveText('Ada');
  await ann.caretToStart();
  await ann.type('> ');
  await ada.expectText('> Hello from CodeMirror');
  await expect(ada.names()).toHaveCount(1);
  expect(ada.errors).toEqual([]);
});

test('docs/YJS.md: the code for Monaco edits a room as it stands there', async ({ page, pages, person, server }) => {
  await pages.add('mona', { code: snippet('Monaco') });
  const { links } = await createRoom(server.url, { text: 'Hello\nthere' });
  const ann = await person(server.url, links.edit.token);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${pages.origin}/mona#${links.edit.url}`);
  const lines = page.locator('.view-line');
  await expect(lines).toHaveText(['Hello', 'there']);
  await lines.last().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' from Monaco\n');
  await ann.expectText('Hello\nthere from Monaco\n');
  await expect(ann.caretTags()).toHaveText('Mona');
  await ann.caretToStart();
  await ann.type('> ');
  await expect(lines.first()).toHaveText('> Hello');
  await expect(page.locator('.yRemoteSelectionHead')).toHaveCount(1);
  expect(errors).toEqual([]);
});
