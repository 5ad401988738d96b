import { devices } from '@playwright/test';
import { createRoom, freshToken, join, ownerOf } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const openPanel = async ({ page }: RoomPage) => {
  await page.getByRole('button', { name: /^Chat, comments, people/ }).click();
  await page.getByRole('tab', { name: /^Chat/ }).click();
};
const log = ({ page }: RoomPage) => page.getByRole('log', { name: 'Chat of this room' });
const field = ({ page }: RoomPage) => page.getByRole('textbox', { name: 'Write to the room' });

async function say(room: RoomPage, words: string): Promise<void> {
  await field(room).fill(words);
  await room.page.keyboard.press('Enter');
}

test('two people talk: a quoted line stays where it is, new messages are counted, links can be pressed', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'One line.\nThe line that is meant.\nAnother.' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await openPanel(ann);
  await expect(log(ann)).toContainText('Nobody has said anything yet.');
  await say(ann, 'Hello https://example.org/status.');
  await expect(log(ann).getByRole('link', { name: 'https://example.org/status' })).toHaveAttribute(
    'rel',
    'noopener noreferrer',
  );

  await ann.caretToStart();
  await ann.page.keyboard.press('ArrowDown');
  await ann.page.getByRole('button', { name: 'Quote the selected line' }).click();
  await expect(field(ann)).toBeFocused();
  await expectNoFaults(ann.page);
  await say(ann, 'Is this true?');
  const unread = bob.page.getByRole('button', { name: 'Chat, comments, people; 2 unread messages' });
  await expect(unread).toBeVisible();

  await bob.caretToStart();
  await bob.type('A new beginning.\n');
  await unread.click();
  await bob.page.getByRole('tab', { name: /^Chat/ }).click();
  await expect(log(bob)).toContainText('Is this true?');
  await expect(bob.page.getByRole('button', { name: 'Chat, comments, people', exact: true })).toBeVisible();
  await log(bob)
    .getByRole('button', { name: /The line that is meant/ })
    .click();
  await expect(bob.editor).toBeFocused();
  await expect.poll(() => bob.page.evaluate(() => getSelection()?.toString())).toBe('The line that is meant.');

  // Its words go; the quote says so, on both screens.
  await bob.page.keyboard.press('Delete');
  await expect(log(bob).locator('del')).toHaveText('The line that is meant.');
  await expect(log(ann).locator('del')).toHaveText('The line that is meant.');
  await expectNoFaults(ann.page);
  await say(bob, 'It was not.');
  await expect(log(ann)).toContainText('It was not.');

  // Read is read, in this browser, and new is what comes after.
  await bob.page.getByRole('button', { name: 'Close the panel' }).click();
  await say(ann, 'Well.');
  await bob.page.getByRole('button', { name: 'Chat, comments, people; 1 unread message' }).click();
  await expect(log(bob)).toContainText('1 new');
  await expect(log(bob)).toContainText('Well.');
  await bob.page.reload();
  await bob.ready();
  await bob.expectSaved();
  await expect(bob.page.getByRole('button', { name: 'Chat, comments, people', exact: true })).toBeVisible();
  for (const room of [ann, bob]) room.expectQuietConsole();
});

test('a message that is written offline says so, and is sent once when the network is back', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('text');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await openPanel(ann);
  await openPanel(bob);
  await say(ann, 'Before the tunnel');
  await expect(log(bob)).toContainText('Before the tunnel');
  await ann.goOffline();
  await ann.expectStatus('offline');
  await say(ann, 'In the tunnel');
  await field(ann).fill('Two');
  await ann.page.keyboard.press('Shift+Enter');
  await ann.type('lines');
  await ann.page.keyboard.press('Enter');
  await expect(log(ann).getByText('Goes out when the network is back')).toHaveCount(2);
  await expectNoFaults(ann.page);
  await ann.goOnline();
  await expect(log(bob)).toContainText('Two\nlines');
  await expect(log(ann).getByText('Goes out when the network is back')).toHaveCount(0);
  for (const room of [ann, bob]) {
    await expect(log(room).getByText('In the tunnel')).toHaveCount(1);
    await expect(log(room).getByText('lines')).toHaveCount(1);
  }
});

test('who is writing is shown for as long as they do; what was not sent is there after the tab was closed', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'text' });
  const ann = await person(server.url, links.edit.token);
  const bob = await person(server.url, links.edit.token);
  await openPanel(ann);
  await openPanel(bob);
  const writing = ann.page.getByTestId('writing');
  await field(bob).pressSequentially('I think');
  await expect(writing).toHaveText(/^\S.* is writing$/);
  await expectNoFaults(ann.page);
  await bob.page.keyboard.press('Enter');
  await expect(log(ann)).toContainText('I think');
  await expect(writing).toHaveText('');
  await field(bob).pressSequentially('that');
  await expect(writing).toHaveText(/ is writing$/);
  await expect(writing).toHaveText('', { timeout: 20_000 });

  await bob.goOffline();
  await bob.expectStatus('offline');
  await bob.page.keyboard.press('Enter');
  await expect(log(bob).getByText('Goes out when the network is back')).toBeVisible();
  await field(bob).pressSequentially('half a sen');
  // Another tab of this browser, after that one is gone.
  const context = bob.page.context();
  await bob.page.close();
  await context.setOffline(false);
  const again = new RoomPage(await context.newPage());
  await again.open(`${server.url}/r/${links.edit.token}`);
  await openPanel(again);
  await expect(field(again)).toHaveValue('half a sen');
  await expect(log(ann)).toContainText('that');
  await expect(log(again).getByText('Goes out when the network is back')).toHaveCount(0);
  await again.page.reload();
  await again.ready();
  await openPanel(again);
  await expect(log(again).getByText('that', { exact: true })).toHaveCount(1);
});

test('older messages come when one scrolls up, and what was in view stays there', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'text' });
  const { peer } = await join(server.url, links.edit.token);
  for (let n = 1; n <= 120; n++) {
    peer.send({ t: 'chat', id: freshToken(), text: `Message ${n}.` });
    await peer.next('chat');
  }
  const ann = await person(server.url, links.edit.token);
  await openPanel(ann);
  await expect(log(ann).getByText('Message 120.')).toBeInViewport();
  await expect(log(ann).getByText('Message 71.')).toHaveCount(1);
  await expect(log(ann).getByText('Message 70.')).toHaveCount(0);
  await log(ann).evaluate((element) => element.scrollTo(0, 0));
  await expect(log(ann).getByText('Message 21.')).toHaveCount(1);
  await expect(log(ann).getByText('Message 71.')).toBeInViewport();
  await log(ann).evaluate((element) => element.scrollTo(0, 0));
  await expect(log(ann).getByText('Message 1.', { exact: true })).toHaveCount(1);

  // What comes meanwhile does not take the reader away.
  peer.send({ t: 'chat', id: freshToken(), text: 'The newest.' });
  await ann.page.getByRole('button', { name: '1 new message' }).click();
  await expect(log(ann).getByText('The newest.')).toBeInViewport();
  peer.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a view link and a locked room read only, and axe finds no fault (${colorScheme})`, async ({
    browser,
    server,
  }) => {
    const { links } = await createRoom(server.url, { text: 'text' });
    const { peer } = await join(server.url, links.edit.token);
    peer.send({ t: 'chat', id: freshToken(), text: 'Hello', quote: { rev: 1, from: 0, to: 4 } });
    await peer.next('chat');
    const context = await browser.newContext({ colorScheme });
    const viewer = new RoomPage(await context.newPage());
    await viewer.page.goto(`${server.url}/r/${links.view.token}`);
    await viewer.expectStatus('view');
    await openPanel(viewer);
    await expect(log(viewer)).toContainText('Hello');
    await expect(field(viewer)).toHaveCount(0);
    await expect(viewer.page.getByText('This link reads along. It cannot write to the room.')).toBeVisible();
    await expectNoFaults(viewer.page);

    const writer = new RoomPage(await context.newPage());
    await writer.open(`${server.url}/r/${links.edit.token}`);
    await openPanel(writer);
    await expect(field(writer)).toBeVisible();
    await expectNoFaults(writer.page);
    await ownerOf(server.url, links.owner.token).lock(true);
    await expect(writer.page.getByText('The owner locked this room. You can read what was said.')).toBeVisible();
    await expectNoFaults(writer.page);
    peer.close();
    await context.close();
  });
}

test('on a phone the chat is a sheet, by way of the menu', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: 'text' });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.open(`${server.url}/r/${links.edit.token}`);
  await phone.page.getByRole('button', { name: 'More' }).tap();
  await phone.page.getByRole('button', { name: 'Chat, comments, people' }).tap();
  await phone.page.getByRole('tab', { name: /^Chat/ }).tap();
  await field(phone).fill('From the phone');
  await phone.page.getByRole('button', { name: 'Send' }).tap();
  await expect(log(phone)).toContainText('From the phone');
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  await expectNoFaults(phone.page);
  phone.expectQuietConsole();
  await context.close();
});
