import { createRoom, readText, startServer } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';

/** What each of two people types: told apart by case, so that each one's letters can be counted in the mixed text. */
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();

function lettersOf(text: string, alphabet: string): string {
  return text
    .split('')
    .filter((letter) => alphabet.includes(letter))
    .join('');
}

test('[P4] three people type into the same word at once, and all see the same, each letter once', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('word');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  const cem = await person(server.url, ann.token());
  for (const one of [ann, bob, cem]) {
    await one.caretToStart();
    await one.page.keyboard.press('ArrowRight');
    await one.page.keyboard.press('ArrowRight');
  }
  await Promise.all([ann.type(SMALL), bob.type(LARGE), cem.type('0123456789')]);
  for (const one of [ann, bob, cem]) await one.expectSaved();
  const { text } = await readText(server.url, ann.token());
  for (const one of [ann, bob, cem]) await one.expectText(text);
  expect(text.replace(/[a-z]/g, '').length + text.replace(/[^a-z]/g, '').length).toBe(4 + 26 + 26 + 10);
  expect(lettersOf(text, LARGE)).toBe(LARGE);
  expect(lettersOf(text, '0123456789')).toBe('0123456789');
  expect(lettersOf(text, SMALL).split('').sort().join('')).toBe(`word${SMALL}`.split('').sort().join(''));
  for (const one of [ann, bob, cem]) one.expectQuietConsole();
});

test('[P3] [P5] half a minute at full speed in one word, twice offline, the server killed once: every letter is there once', async ({
  person,
}) => {
  test.setTimeout(180_000);
  const server = await startServer();
  try {
    const ann = await person(server.url);
    await ann.type('0');
    await ann.expectSaved();
    const bob = await person(server.url, ann.token());
    await bob.caretToEnd();

    const until = Date.now() + 30_000;
    const typed = { ann: '', bob: '' };
    const write = async (who: 'ann' | 'bob'): Promise<void> => {
      const [page, alphabet] = who === 'ann' ? [ann, SMALL] : [bob, LARGE];
      for (let next = 0; Date.now() < until; next++) {
        const letter = alphabet.charAt(next % alphabet.length);
        await page.type(letter);
        typed[who] += letter;
      }
    };
    const disturb = async (): Promise<void> => {
      const at = (ms: number) => ann.page.waitForTimeout(Math.max(0, until - 30_000 + ms - Date.now()));
      await at(4_000);
      await bob.goOffline();
      await at(8_000);
      await bob.goOnline();
      await at(12_000);
      await server.kill('SIGKILL');
      await at(15_000);
      await server.restart();
      await at(20_000);
      await bob.goOffline();
      await at(25_000);
      await bob.goOnline();
    };
    await Promise.all([write('ann'), write('bob'), disturb()]);
    await ann.expectSaved(60_000);
    await bob.expectSaved(60_000);

    const { text } = await readText(server.url, ann.token());
    await ann.expectText(text);
    await bob.expectText(text);
    expect(typed.ann.length, 'letters typed by one of them').toBeGreaterThan(100);
    // In the order in which each one typed them, too: nothing of it lost, doubled or moved.
    expect(lettersOf(text, SMALL)).toBe(typed.ann);
    expect(lettersOf(text, LARGE)).toBe(typed.bob);
    expect(text.length).toBe(1 + typed.ann.length + typed.bob.length);
  } finally {
    await server.stop();
  }
});

test('the editor has the focus in the moment in which it is there: no key falls between', async ({
  browser,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'A room.' });
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      const editor = document.querySelector('.cm-content[contenteditable=true]');
      if (!editor) return;
      observer.disconnect();
      Reflect.set(window, 'focusedAtOnce', document.activeElement === editor);
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
  for (const path of ['/', `/r/${links.edit.token}`]) {
    await page.goto(`${server.url}${path}`);
    await expect(page.locator('.cm-content[contenteditable=true]')).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, 'focusedAtOnce') as unknown)).toBe(true);
  }
  await page.close();
});

test('undo takes back only what oneself typed, and redo brings it back', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('start ');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  // At once: letters that come slowly, as on a busy machine, are steps of their own.
  await ann.page.keyboard.insertText('one ');
  await bob.expectText('start one ');
  await bob.caretToEnd();
  await bob.type('two');
  await ann.expectText('start one two');
  await ann.page.waitForTimeout(700); // CodeMirror groups edits that are less than half a second apart.
  await ann.page.keyboard.insertText('three');
  await bob.expectText('start one threetwo');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await bob.expectText('start one two');
  await ann.page.keyboard.press('ControlOrMeta+z');
  await bob.expectText('start two');
  await ann.page.keyboard.press('ControlOrMeta+Shift+Z');
  await ann.page.keyboard.press('ControlOrMeta+Shift+Z');
  await bob.expectText('start one threetwo');
  await ann.expectText('start one threetwo');
});

test('[P6] emoji, combining marks and right-to-left text arrive whole, and are deleted whole', async ({
  person,
  server,
}) => {
  const text = '👩‍👩‍👧 日本語 é עברית 🏳️‍🌈';
  const ann = await person(server.url);
  await ann.page.keyboard.insertText(text);
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await bob.expectText(text);
  await bob.caretToEnd();
  await bob.page.keyboard.press('Backspace');
  await ann.expectText(text.slice(0, text.lastIndexOf(' ') + 1));
  // Half a pair would have become U+FFFD on its way out.
  expect((await readText(server.url, ann.token())).text).toBe(text.slice(0, text.lastIndexOf(' ') + 1));
});

test('[P6] pasted Windows text becomes clean lines for everybody', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await ann.editor.evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'a\r\nb\rc\ud83dd');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await bob.expectText('xa\nb\nc\ufffdd');
  await ann.expectSaved();
  expect((await readText(server.url, ann.token())).text).toBe('xa\nb\nc\ufffdd');
});
