import type { Browser, Page } from '@playwright/test';
import { createRoom, HOSTILE_TEXTS } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { MARKDOWN_SAMPLE } from './markdown-sample.ts';
import { RoomPage } from './room-page.ts';
import { watchRequests } from './watch-requests.ts';
import { watchHarm } from './watch-harm.ts';

/** The code of formulas and diagrams, by what only it holds. */
const FORMULAS = /katex/i;
const DIAGRAMS = /mermaid/i;

const paperOf = (page: Page) => page.locator('.preview-paper');

/** Everything that is to be drawn has been, or has failed. */
async function expectDressed(page: Page): Promise<void> {
  await expect(page.locator('.preview-paper :is(.formula, .diagram):not([data-drawn])')).toHaveCount(0, {
    timeout: 40_000,
  });
}

async function openPreview({ page }: RoomPage): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(paperOf(page)).toBeVisible();
}

test('the preview follows what another person types, and a task is ticked in it', async ({
  person,
  server,
  browser,
}) => {
  const { links } = await createRoom(server.url, { text: MARKDOWN_SAMPLE, title: 'Weekly' });
  const ann = await person(server.url, links.edit.token);
  const asked = watchRequests(ann.page);
  await openPreview(ann);
  const paper = paperOf(ann.page);
  await expect(paper.getByRole('heading', { name: 'Platform weekly' })).toBeVisible();
  await expect(paper.getByRole('table')).toContainText('14');
  await expect(paper.locator('.footnotes')).toContainText('Or on Friday.');
  await expectDressed(ann.page);
  await expect(paper.locator('pre[data-language="ts"] .c-keyword')).toHaveText('const');
  await expect(paper.locator('.formula math')).toHaveCount(1);
  await expect(paper.getByRole('img', { name: /Write/ })).toBeVisible();
  await expect(paper.getByText('This diagram cannot be drawn.')).toBeVisible();
  await expect(paper.getByText('no such diagram')).toBeVisible();
  // Everything came from here.
  expect(asked.filter((address) => !address.startsWith(server.url) && !/^(data|blob|about):/.test(address))).toEqual(
    [],
  );

  const bob = await person(server.url, links.edit.token);
  await bob.caretToStart();
  await bob.type('Hello from Bob\n\n');
  await expect(paper.getByText('Hello from Bob')).toBeVisible();

  const box = paper.getByRole('checkbox', { name: 'Done: Rehearse the failover' });
  await expect(box).not.toBeChecked();
  await box.click();
  await expect(box).toBeChecked();
  await expect.poll(() => bob.text()).toContain('- [x] Rehearse the failover');
  await ann.focus();
  await ann.page.keyboard.press('ControlOrMeta+z');
  await expect(box).not.toBeChecked();

  await paper.getByText('Thursday').dblclick();
  await ann.type('X');
  await expect(paper.getByText('XThursday')).toBeVisible();
  await paper.getByRole('link', { name: 'the tasks' }).click();
  expect(new URL(ann.page.url()).hash).toBe('');
  await expectNoFaults(ann.page);
  ann.expectQuietConsole();

  await ann.page.getByRole('button', { name: 'Close the preview' }).click();
  await expect(paper).toHaveCount(0);
  await expect(ann.editor).toBeFocused();

  const context = await browser.newContext();
  const reader = new RoomPage(await context.newPage());
  await reader.page.goto(`${server.url}/r/${links.view.token}`);
  await expect(reader.editor).toBeVisible();
  await reader.page.keyboard.press('ControlOrMeta+Shift+E');
  const fixed = paperOf(reader.page).getByRole('checkbox', { name: 'Done: Rehearse the failover' });
  await fixed.focus();
  await reader.page.keyboard.press('Space');
  await expect(fixed).not.toBeChecked();
  await context.close();
});

test('formulas and diagrams are fetched by the first text that has some', async ({ person, server }) => {
  const ann = await person(server.url);
  const asked = watchRequests(ann.page);
  await ann.type('# Plain\n\nwords');
  await ann.page.keyboard.press('ControlOrMeta+Shift+E');
  const paper = paperOf(ann.page);
  await expect(paper.getByRole('heading', { name: 'Plain' })).toBeVisible();
  expect(asked.filter((address) => FORMULAS.test(address) || DIAGRAMS.test(address))).toEqual([]);
  await ann.type('\n\n$x^2$\n\n```mermaid\npie\n  "a" : 1\n```\n');
  await expect(paper.locator('.formula .katex')).toBeVisible({ timeout: 40_000 });
  await expect(paper.getByRole('img', { name: /Diagram: pie/ })).toBeVisible({ timeout: 40_000 });
  expect(asked.some((address) => FORMULAS.test(address))).toBe(true);
  expect(asked.some((address) => DIAGRAMS.test(address))).toBe(true);
  // Another look needs another picture.
  const light = await paper.getByRole('img').getAttribute('src');
  await ann.page.emulateMedia({ colorScheme: 'dark' });
  await expect(paper.getByRole('img')).not.toHaveAttribute('src', light ?? '');
  ann.expectQuietConsole();
});

async function hostilePage(
  browser: Browser,
  address: string,
): Promise<{ room: RoomPage; expectHarmless: () => Promise<void> }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const room = new RoomPage(page);
  const expectNoHarm = await watchHarm(page);
  await page.goto(address);
  await expect(room.editor).toBeVisible();
  await room.page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(paperOf(page)).toBeVisible();
  const asked = watchRequests(page);
  return {
    room,
    async expectHarmless() {
      await expectNoHarm();
      const forbidden =
        'iframe, script, svg > script, object, embed, form, link, [onerror], [onload], a[href^="javascript" i]';
      await expect(paperOf(page).locator(forbidden)).toHaveCount(0);
      const elsewhere = asked.filter(
        (one) => !one.startsWith(new URL(address).origin) && !/^(data|blob|about):/.test(one),
      );
      expect(elsewhere).toEqual([]);
      // The policy stopped something in the frame where diagrams are drawn, which is what the frame is for: not in the page.
      room.expectQuietConsole([/inline event handler/, /about:srcdoc/]);
    },
  };
}

/** What is meant for the preview in particular. */
const HOSTILE_PAPER = `# slot-bar

![x](https://evil.invalid/pixel.gif) ![y](/api/rooms/x) ![z](data:image/svg+xml,<svg/onload=alert(1)>)

<img src=x onerror="window.tandemRan=1"> <a href="javascript:alert(1)">a</a> [b](javascript:alert(1)) [c](JaVaScRiPt:alert(1))

$\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.invalid/y.png} \\htmlStyle{position:fixed}{z}$

$$\\def\\a{\\a\\a}\\a$$

$$\\rule{9999em}{9999em}$$

\`\`\`mermaid
%%{init: {"securityLevel": "loose", "themeCSS": "*{background:url(https://evil.invalid/z)}"}}%%
flowchart LR
  A["<img src=x onerror=parent.tandemRan=1><script>parent.tandemRan=1</script>"] --> B
  click A "javascript:alert(1)"
  style B fill:url(https://evil.invalid/q)
\`\`\`

The end.
`;

test('[P7] hostile text hurts nothing in the preview', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: HOSTILE_PAPER });
  const { room, expectHarmless } = await hostilePage(browser, `${server.url}/r/${links.edit.token}`);
  await expect(paperOf(room.page).getByText('The end.')).toBeVisible();
  await expectDressed(room.page);
  // Whatever was asked for is over when the page still answers.
  await room.caretToEnd();
  await room.type('Written.');
  await expect(paperOf(room.page).getByText('Written.')).toBeVisible();
  await expectHarmless();
  // No heading takes the name of a place on the page.
  await expect(room.page.locator('#slot-bar')).toHaveCount(1);
  await room.page.context().close();
});

test('[P7] the texts that hurt others do not stop the preview', async ({ browser, server }) => {
  for (const [name, text] of HOSTILE_TEXTS) {
    const { links } = await createRoom(server.url, { text: `first\n\n${text}` });
    const { room, expectHarmless } = await hostilePage(browser, `${server.url}/r/${links.edit.token}`);
    await expect(paperOf(room.page).getByText('first').first(), name).toBeVisible({ timeout: 30_000 });
    await expectHarmless();
    await room.page.context().close();
  }
});

test('1 MB: keys are not held up, and text and preview scroll together', async ({ person, server }) => {
  const words = 'Some *words* of a paragraph with `code`, as long as people write them. '.repeat(4);
  const text = Array.from({ length: 3_000 }, (_, n) => `## Part ${n}\n\n${words}\n\n- one\n- two\n\n`).join('');
  expect(text.length).toBeGreaterThan(900_000);
  const { links } = await createRoom(server.url, { text });
  const ann = await person(server.url, links.edit.token);
  await ann.page.keyboard.press('ControlOrMeta+Shift+E');
  const paper = paperOf(ann.page);
  await expect(paper.getByRole('heading', { name: 'Part 0', exact: true })).toBeVisible({ timeout: 60_000 });
  await ann.caretToStart();
  // While the rest is still being made.
  const slowest = await ann.page.evaluate(async () => {
    let most = 0;
    for (let turns = 0; turns < 30; turns += 1) {
      const from = performance.now();
      await new Promise((resolve) => setTimeout(resolve));
      most = Math.max(most, performance.now() - from);
    }
    return most;
  });
  test.info().annotations.push({ type: 'slowest turn', description: `${Math.round(slowest)} ms` });
  await ann.type('Top of it all\n\n');
  await expect(paper.getByText('Top of it all')).toBeVisible({ timeout: 60_000 });
  await expect(paper.locator('.block')).toHaveCount(9_001, { timeout: 90_000 });

  // The text leads.
  await ann.editor.hover();
  await ann.page.mouse.wheel(0, 60_000);
  await expect.poll(() => partAt(ann.page, '.cm-scroller', '.cm-line')).toBeGreaterThan(50);
  const apart = async () => {
    const text = await partAt(ann.page, '.cm-scroller', '.cm-line');
    return Math.abs(text - (await partAt(ann.page, '[role="region"]', '.block')));
  };
  await expect.poll(apart).toBeLessThanOrEqual(3);
  // And the other way round.
  const before = await partAt(ann.page, '.cm-scroller', '.cm-line');
  await ann.page.getByRole('region', { name: 'Preview' }).hover();
  await ann.page.mouse.wheel(0, -10_000);
  await expect.poll(() => partAt(ann.page, '.cm-scroller', '.cm-line')).toBeLessThan(before - 5);
  await expect.poll(apart).toBeLessThanOrEqual(3);
});

/** The part that the top of a window shows: the last heading at or above it, among its rows. */
function partAt(page: Page, frame: string, row: string): Promise<number> {
  return page.evaluate(
    ([outer, rows]) => {
      const top = document.querySelector(outer)?.getBoundingClientRect().top ?? 0;
      let part = -1;
      for (const element of document.querySelectorAll(`${outer} ${rows}`)) {
        const found = /^#*\s*Part (\d+)\s*$/.exec(element.textContent ?? '')?.[1];
        if (found === undefined) continue;
        if (element.getBoundingClientRect().top > top + 60) return part < 0 ? Number(found) : part;
        part = Number(found);
      }
      return part;
    },
    [frame, row] as const,
  );
}

test('on a phone the preview stands in place of the text', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: MARKDOWN_SAMPLE, title: 'Weekly' });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const room = new RoomPage(await context.newPage());
  await room.open(`${server.url}/r/${links.edit.token}`);
  await openPreview(room);
  await expect(paperOf(room.page).getByRole('heading', { name: 'Tasks' })).toBeVisible();
  await expectDressed(room.page);
  await expectNoFaults(room.page);
  const wide = await room.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await expect(room.page.getByRole('toolbar', { name: 'Format' })).toHaveCount(0);
  await room.page.getByRole('radio', { name: 'Text' }).click({ force: true });
  await expect(paperOf(room.page)).toHaveCount(0);
  await expect(room.editor).toBeVisible();
  await context.close();
});

test('code is no Markdown: the preview says so, and can take it for some', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: '# x', title: 'a.py', language: 'Python' });
  const ann = await person(server.url, links.edit.token);
  await ann.page.keyboard.press('ControlOrMeta+Shift+E');
  await expect(ann.page.getByText('This text is Python. The preview shows Markdown.')).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Read it as Markdown' }).click();
  await expect(paperOf(ann.page).getByRole('heading', { name: 'x' })).toBeVisible();
});
