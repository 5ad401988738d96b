import { createRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

test('one press copies the edit link and says so; the friend is in and types', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ann.page.getByRole('button', { name: 'Share' }).click();
  await expect(ann.page.getByText('Edit link copied. Anyone with it can write here.')).toBeVisible();
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${server.url}/r/${ann.token()}`);
  const dialog = ann.page.getByRole('dialog', { name: 'Share this room' });
  await expect(dialog.getByRole('img', { name: /QR/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Link copied' })).toBeVisible();
  await expectNoFaults(ann.page);

  // Nothing was written yet: giving the link away is what makes the room.
  const bob = await person(server.url, ann.token());
  await bob.focus();
  await bob.type('hello from Bob');
  await ann.expectText('hello from Bob');
});

test('where the browser has no clipboard, the link is selected and that is said', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await ann.page.getByRole('button', { name: 'Share' }).click();
  const field = ann.page.getByRole('textbox', { name: 'Edit link' });
  await expect(field).toHaveValue(`${server.url}/r/${ann.token()}`);
  await expect(ann.page.getByText(/The link is selected/)).toBeVisible();
  await expectNoFaults(ann.page);
  expect(await ann.page.evaluate(() => document.getSelection()?.toString())).toContain(ann.token());
});

test('[P10] the view link reads along live, cannot write, and its page holds no other link', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'read me', title: 'Public' });
  const ann = await person(server.url, links.edit.token);
  const context = await ann.page.context().browser()?.newContext();
  if (!context) throw new Error('there is no browser');
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  const answer = await page.goto(`${server.url}/r/${links.view.token}`);
  await expect(page.getByTestId('status')).toHaveAttribute('data-status', 'view');
  await expect(page.locator('.cm-content')).toHaveAttribute('contenteditable', 'false');
  await ann.caretToEnd();
  await ann.type(', all of you');
  await expect(page.locator('.cm-content')).toContainText('read me, all of you');
  await page.locator('.cm-content').click();
  await page.keyboard.type('no');
  await ann.type('!');
  await expect(page.locator('.cm-content')).toContainText('read me, all of you!');
  await expectNoFaults(page);
  const all = [await answer?.text(), await page.content(), ...heard].join('\n');
  expect(all).toContain('read me');
  expect(all).not.toContain(links.edit.token);
  expect(all).not.toContain(links.owner.token);
  await context.close();
});

test('the one who made the room can give a view link too', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.expectSaved();
  await ann.page.getByRole('button', { name: 'Share' }).click();
  await ann.page
    .getByRole('radio', { name: 'Can view' })
    .or(ann.page.getByRole('tab', { name: 'Can view' }))
    .or(ann.page.getByText('Can view'))
    .first()
    .click();
  const link = await ann.page.getByRole('textbox', { name: 'View link' }).inputValue();
  expect(link).not.toContain(ann.token());
  const reader = await ann.page.context().newPage();
  await reader.goto(link);
  await expect(reader.getByTestId('status')).toHaveAttribute('data-status', 'view');
});
