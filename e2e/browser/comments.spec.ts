import { devices } from '@playwright/test';
import { createRoom, freshToken, join } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const SENTENCE = 'The sentence in question.';
const TEXT = `First line.\n\n${SENTENCE}\n\nLast line.`;

/** Selects the third line, as a person with a keyboard does. */
async function selectSentence({ page, ...room }: RoomPage): Promise<void> {
  await room.editor.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+End');
}

const marks = (room: RoomPage) => room.page.locator('.tandem-comment');
const openPanel = async ({ page }: RoomPage) => {
  await page.getByRole('button', { name: 'Chat, comments, people' }).click();
  await page.getByRole('tab', { name: /^Comments/ }).click();
};

test('a comment stays on its sentence while the text around it changes, is answered, resolved, and found again', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);

  await selectSentence(ann);
  await ann.page.getByRole('button', { name: 'Comment', exact: true }).click();
  await ann.page.getByRole('textbox', { name: 'Comment' }).fill('Who says so?');
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByRole('article').getByText('Who says so?')).toBeVisible();
  await expect(marks(bob)).toHaveText(SENTENCE);

  await marks(bob).click();
  await bob.page.getByRole('textbox', { name: 'Reply' }).fill('I do.');
  await bob.page.keyboard.press('Enter');
  await expect(ann.page.getByText('I do.')).toBeVisible();

  // Everything above is rewritten, and words go in at both ends of the sentence.
  await bob.caretToStart();
  await bob.page.keyboard.press('Shift+End');
  await bob.type('Quite another beginning, over\nmore lines\nthan before. ');
  await bob.page.keyboard.press('ArrowDown');
  await bob.page.keyboard.press('ArrowDown');
  await bob.page.keyboard.press('Home');
  await bob.type('So: ');
  await bob.page.keyboard.press('End');
  await bob.type(' Or not.');
  await bob.expectSaved();
  await ann.expectText(
    `Quite another beginning, over\nmore lines\nthan before. \n\nSo: ${SENTENCE} Or not.\n\nLast line.`,
  );
  await expect(marks(ann)).toHaveText(SENTENCE);
  await expect(marks(bob)).toHaveText(SENTENCE);

  await marks(ann).click();
  await ann.page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await expect(marks(ann)).toHaveCount(0);
  await expect(marks(bob)).toHaveCount(0);

  // Bob looks at something else; who still looks at a thread finds it open in the panel.
  await bob.editor.locator('.cm-line').first().click();
  await openPanel(bob);
  await expect(bob.page.getByText('Select some text to comment on it.')).toBeVisible();
  await bob.page.getByText('Resolved 1').click();
  await expectNoFaults(bob.page);
  await bob.page.getByRole('button', { name: 'Go to the passage', exact: true }).click();
  await bob.page.getByRole('button', { name: 'Open again' }).click();
  await expect(marks(ann)).toHaveText(SENTENCE);

  // Whoever comes later finds it in the same place.
  const eve = await person(server.url, links.edit.token);
  await expect(marks(eve)).toHaveText(SENTENCE);

  // The passage goes; what was said about it stays.
  await bob.caretToEnd();
  await bob.page.keyboard.press('ControlOrMeta+A');
  await bob.page.keyboard.press('Delete');
  await expect(marks(ann)).toHaveCount(0);
  const bobsName = await bob.page.evaluate(
    () => (JSON.parse(localStorage.getItem('tandem:me') ?? '') as { name: string }).name,
  );
  await openPanel(ann);
  await expect(ann.page.getByText(`This passage was deleted by ${bobsName}.`)).toBeVisible();
  await expect(ann.page.locator('del')).toHaveText(SENTENCE);
  await expectNoFaults(ann.page);
  for (const room of [ann, bob, eve]) room.expectQuietConsole();
});

test('a comment that was begun is there again for the same words, after the tab was closed', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const field = ann.page.getByRole('textbox', { name: 'Comment' });
  await selectSentence(ann);
  await ann.page.getByRole('button', { name: 'Comment', exact: true }).click();
  await field.fill('Half a tho');
  await ann.page.reload();
  await ann.ready();
  await selectSentence(ann);
  await ann.page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(field).toHaveValue('Half a tho');
  await ann.page.keyboard.press('Enter');
  const thread = ann.page.getByRole('article');
  await expect(thread.getByText('Half a tho')).toBeVisible();
  await thread.getByRole('textbox', { name: 'Reply' }).fill('And the ot');
  await expect(marks(ann)).toHaveText(SENTENCE);
  await ann.page.reload();
  await marks(ann).click();
  await expect(thread.getByRole('textbox', { name: 'Reply' })).toHaveValue('And the ot');
});

test('with the keyboard alone: comment, go from one to the next, change and delete', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const { page } = ann;
  await selectSentence(ann);
  await expect(page.getByRole('button', { name: 'Comment', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+M');
  await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
  await ann.type('First');
  await page.keyboard.press('Shift+Enter');
  await ann.type('and second line');
  await page.keyboard.press('Enter');
  await expect(marks(ann)).toHaveText(SENTENCE);
  await expect(ann.editor).toBeFocused();

  await ann.caretToStart();
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('ControlOrMeta+Shift+M');
  await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
  await ann.type('Another');
  await page.keyboard.press('Enter');
  await expect(marks(ann)).toHaveCount(2);
  const another = page.getByRole('article', { name: /on “First line.”/ });
  await expect(another).toBeVisible();
  await expect(ann.editor).toBeFocused();

  await ann.caretToStart();
  await page.keyboard.press('F8');
  // From the one that was just written, which still stands beside its line.
  const first = page.getByRole('article', { name: /on “The sentence/ });
  await expect(first).toBeFocused();
  await expect(first).toContainText('First\nand second line');
  await page.keyboard.press('F8');
  await expect(another).toBeFocused();
  await page.keyboard.press('F8');
  await expect(first).toBeFocused();
  await page.keyboard.press('Shift+F8');
  await expect(another).toBeFocused();

  await another.getByRole('button', { name: 'Change' }).press('Enter');
  const field = another.getByRole('textbox', { name: 'Change' });
  await expect(field).toBeFocused();
  await expectNoFaults(page);
  await field.fill('Another word');
  await page.keyboard.press('Enter');
  await expect(another).toContainText('Another word');
  await expect(another).toContainText('changed');
  await another.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await another.getByRole('button', { name: 'Delete it' }).press('Enter');
  await expect(marks(ann)).toHaveText(SENTENCE);

  await ann.caretToStart();
  await page.keyboard.press('F8');
  await expect(first).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(first).toHaveCount(0);
  await expect(ann.editor).toBeFocused();
  ann.expectQuietConsole();
});

test('a comment that is written offline goes out once, when the network is back', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await selectSentence(ann);
  const comment = ann.page.getByRole('button', { name: 'Comment', exact: true });
  await expect(comment).toBeVisible();
  await ann.goOffline();
  await comment.click();
  await ann.page.getByRole('textbox', { name: 'Comment' }).fill('From the train');
  await ann.page.keyboard.press('Enter');
  await expect(ann.page.getByText('Goes out when the network is back')).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.caretToStart();
  await ann.type('Typed offline. ');
  await bob.caretToStart();
  await bob.type('Meanwhile. ');
  await ann.goOnline();
  await ann.expectSaved();
  await expect(marks(bob)).toHaveText(SENTENCE);
  await openPanel(bob);
  await expect(bob.page.getByRole('article')).toHaveCount(1);
  await expect(bob.page.getByRole('article')).toContainText('From the train');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a view link reads comments, and axe finds no fault in them (${colorScheme})`, async ({ browser, server }) => {
    const { links } = await createRoom(server.url, { text: TEXT });
    const { peer, rev } = await writer(server.url, links.edit.token);
    const from = TEXT.indexOf(SENTENCE);
    const act = { kind: 'open', rev, from, to: from + SENTENCE.length, text: 'See https://example.org/a.' } as const;
    peer.send({ t: 'comment', id: freshToken(), thread: freshToken(), act });
    await peer.next('thread');
    const context = await browser.newContext({ colorScheme });
    const room = new RoomPage(await context.newPage());
    await room.page.goto(`${server.url}/r/${links.view.token}`);
    await expect(marks(room)).toHaveText(SENTENCE);
    await marks(room).click();
    const thread = room.page.getByRole('article');
    await expect(thread.getByRole('link', { name: 'https://example.org/a' })).toHaveAttribute(
      'rel',
      'noopener noreferrer',
    );
    await expect(thread.getByRole('textbox')).toHaveCount(0);
    await expectNoFaults(room.page);
    await openPanel(room);
    await expect(thread).toHaveCount(1);
    await expectNoFaults(room.page);
    await room.page.getByText('First line.').dblclick();
    await expect(room.page.getByRole('button', { name: /^Comment/ })).toHaveCount(0);
    peer.close();
    await context.close();
  });
}

test('on a phone, the words that are selected get a comment, and it opens as a sheet', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: TEXT });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.open(`${server.url}/r/${links.edit.token}`);
  await selectSentence(phone);
  await phone.page.getByRole('button', { name: 'Comment on the selection' }).tap();
  await phone.page.getByRole('textbox', { name: 'Comment' }).fill('From the phone');
  await phone.page.getByRole('button', { name: 'Comment', exact: true }).tap();
  const sheet = phone.page.getByRole('complementary', { name: 'Side panel' });
  await expect(sheet.getByRole('article')).toContainText('From the phone');
  await expectNoFaults(phone.page);
  await sheet.getByRole('button', { name: 'Close the panel' }).tap();
  await marks(phone).tap();
  await expect(sheet.getByRole('textbox', { name: 'Reply' })).toBeVisible();
  phone.expectQuietConsole();
  await context.close();
});

/** Somebody in the room without a page. */
async function writer(url: string, token: string) {
  const { peer, welcome } = await join(url, token);
  return { peer, rev: welcome.rev };
}
