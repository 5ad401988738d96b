import type { Page } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const TEXT =
  '# Plans\n\nSome words that are long enough to be wrapped when the letters are twice as large as they were.';

/** What of the page is wider than the window, by how it begins. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1,
    );
    return wide.map((one) => one.outerHTML.slice(0, 80));
  });
}

test('at 200 % everything is there, fits, and can be reached', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: TEXT, title: 'A room with a title that takes its space' });
  // What a window of 1280 by 800 shows at 200 %.
  const context = await browser.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  const room = new RoomPage(await context.newPage());
  const { page } = room;
  await room.open(`${server.url}/r/${links.owner.token}`);
  await room.expectStatus('saved');
  expect(await tooWide(page)).toEqual([]);
  await expectNoFaults(page);
  for (const [name, dialog] of [
    ['Share', 'Share this room'],
    ['More', 'More'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    const layer = page.getByRole('dialog', { name: dialog });
    await expect(layer).toBeVisible();
    expect(await tooWide(page)).toEqual([]);
    // Its end can be scrolled to.
    const last = layer.getByRole('button').last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
    await page.keyboard.press('Escape');
    await expect(layer).toHaveCount(0);
  }
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await tooWide(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await room.caretToEnd();
  await room.type(' Still.');
  await expect(room.editor.getByText('Still.')).toBeInViewport();
  await room.expectSaved();
  await context.close();
});

test('text from right to left: each line runs its own way, and carets with it', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'hello\nשלום לכולם\n- פריט' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  const line = (words: string) => ann.editor.locator('.cm-line', { hasText: words });
  /** Where the words of a line begin and end, from the left of the line, as shares of its width. */
  const spanOf = (words: string) =>
    line(words).evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const [box, all] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
      return { left: (box.left - all.left) / all.width, right: (box.right - all.left) / all.width };
    });
  expect((await spanOf('hello')).left).toBeLessThan(0.5);
  await expect.poll(async () => (await spanOf('שלום')).right).toBeGreaterThan(0.5);
  await expect(line('שלום')).toHaveAttribute('dir', 'rtl', { timeout: 30_000 });
  await expect(line('פריט')).toHaveAttribute('dir', 'rtl');
  await expect(line('hello')).not.toHaveAttribute('dir', 'rtl');

  // The left arrow goes on along the words, and what is typed stands where the caret is.
  await ann.caretToStart();
  await ann.page.keyboard.press('ArrowDown');
  await ann.page.keyboard.press('Home');
  await ann.page.keyboard.press('ArrowLeft');
  await ann.type('X');
  await bob.expectText('hello\nשXלום לכולם\n- פריט');
  await ann.page.keyboard.press('ControlOrMeta+z');

  // A line that is being written turns with its first letter, for others too.
  await bob.caretToEnd();
  await bob.page.keyboard.press('Enter');
  await bob.page.keyboard.press('Enter');
  await bob.page.keyboard.insertText('مرحبا');
  await expect(line('مرحبا')).toHaveAttribute('dir', 'rtl');
  await ann.page.keyboard.press('ControlOrMeta+Shift+E');
  const block = ann.page.locator('.preview-paper .block', { hasText: 'مرحبا' });
  await expect(block).toHaveCSS('direction', 'rtl');
  await expectNoFaults(ann.page);
});

test('with less motion nothing slides, glides or fades for long', async ({ browser, person, server }) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const room = new RoomPage(await context.newPage());
  const { page } = room;
  // Whatever moves says so when it begins.
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { tandemMoved: moved });
    for (const kind of ['transitionrun', 'animationstart'] as const) {
      document.addEventListener(kind, ({ target }) => {
        if (!(target instanceof Element)) return;
        for (const animation of target.getAnimations()) {
          const { duration = 0, iterations = 1 } = animation.effect?.getComputedTiming() ?? {};
          // A caret that blinks is no motion, nor what takes less than a twentieth of a second.
          if (iterations === Infinity || Number(duration) <= 50) continue;
          moved.push(`${kind} ${Number(duration)} ms: ${target.outerHTML.slice(0, 100)}`);
        }
      });
    }
  });
  await room.open(`${server.url}/r/${links.edit.token}`);
  const bob = await person(server.url, links.edit.token);
  await bob.caretToEnd();
  await bob.type(' More.');
  await expect(room.carets()).toBeVisible();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: /^Chat, comments, people/ }).click();
  await expect(page.getByRole('complementary', { name: 'Side panel' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+h');
  await expect(page.getByRole('slider', { name: 'Moment' })).toBeAttached();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'tandemMoved') as unknown)).toEqual([]);
  await context.close();
});

test('a screen reader reads the text line by line, and nobody’s name in it', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'one\ntwo\nthree' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await bob.caretToEnd();
  await bob.type('!');
  await expect(ann.caretTags()).toBeVisible();
  await expect(ann.editor).toHaveAttribute('aria-multiline', 'true');
  await expect(ann.editor).toHaveText(/one\s*two\s*three!/);
  // As the accessibility tree has it: one field, with its lines in their order and nothing else.
  const devtools = await ann.page.context().newCDPSession(ann.page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  const wordsUnder = (id: string): unknown[] => {
    const node = nodes.find(({ nodeId }) => nodeId === id);
    if (node?.role?.value === 'StaticText') return [node.name?.value];
    return (node?.childIds ?? []).flatMap(wordsUnder);
  };
  const field = nodes.find(({ role, name }) => role?.value === 'textbox' && name?.value === 'Text');
  expect(wordsUnder(field?.nodeId ?? '')).toEqual(['one', 'two', 'three!']);
});
