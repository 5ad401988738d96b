import { devices, type Page } from '@playwright/test';
import { createRoom, postJson, request, startServer, type CreatedRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

type Links = CreatedRoom['links'];

interface Listed {
  id: number;
  role: 'owner' | 'edit' | 'view';
  token: string;
  revokedAt: number | null;
  uses: number;
}

async function list(url: string, owner: string): Promise<Listed[]> {
  const answer = await request(url, 'GET', `/api/rooms/${owner}/links`);
  expect(answer.status).toBe(200);
  return answer.json<{ links: Listed[] }>().links;
}

async function idOf(url: string, { owner }: Links, token: string): Promise<number> {
  const found = (await list(url, owner.token)).find((link) => link.token === token);
  if (found === undefined) throw new Error('The room does not list this link.');
  return found.id;
}

function json(method: 'PATCH' | 'PUT', url: string, path: string, value: unknown) {
  return request(url, method, path, {
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  });
}

function manager(page: Page) {
  return page.getByRole('dialog', { name: 'Links of this room' });
}

async function openManager(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Manage links' }).click();
  await expect(manager(page).getByRole('listitem', { name: 'Owner link' })).toBeVisible();
}

test('[P10] an edit forged on a page of a view link is refused, and the socket is closed', async ({ page, server }) => {
  const { links } = await createRoom(server.url, { text: 'read me' });
  await page.goto(`${server.url}/r/${links.view.token}`);
  await expect(page.getByTestId('status')).toHaveAttribute('data-status', 'view');
  await expect(page.locator('.cm-content')).toHaveAttribute('contenteditable', 'false');
  const code = await page.evaluate(
    (token) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ws`, 'tandem.1');
        socket.onopen = () => socket.send(JSON.stringify({ v: 1, t: 'hello', token, client: 'F'.repeat(22) }));
        socket.onmessage = ({ data }) => {
          const { t, rev } = JSON.parse(String(data)) as { t: string; rev: number };
          if (t === 'welcome') socket.send(JSON.stringify({ t: 'op', seq: 1, rev, op: [7, 'no'] }));
        };
        socket.onclose = (event) => resolve(event.code);
      }),
    links.view.token,
  );
  expect(code).toBe(4403);
  const text = await request(server.url, 'GET', `/api/rooms/${links.edit.token}/text`);
  expect(text.text()).toBe('read me');
});

test('[P10] whose link is revoked is out within a second, is told so, and keeps what did not arrive', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'start' });
  const bob = await person(server.url, links.edit.token);
  await bob.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await bob.caretToEnd();
  await bob.type(' arrived');
  await bob.expectSaved();
  const id = await idOf(server.url, links, links.edit.token);
  await request(server.url, 'DELETE', `/api/rooms/${links.owner.token}/links/${id}`);
  await bob.expectStatus('lost', 1_000);
  await expect(bob.page.getByRole('alert').filter({ hasText: 'This link was revoked.' })).toBeVisible();
  await expectNoFaults(bob.page);
  await expect(bob.page.locator('.cm-content')).toHaveAttribute('contenteditable', 'false');

  // What was typed while the link ended.
  const made = await postJson(server.url, `/api/rooms/${links.owner.token}/links`, { role: 'edit' });
  const { id: second, token } = made.json<{ id: number; token: string }>();
  const cat = await person(server.url, token);
  await cat.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await cat.goOffline();
  await cat.caretToEnd();
  await cat.type('xyz');
  await cat.expectKept(3);
  await request(server.url, 'DELETE', `/api/rooms/${links.owner.token}/links/${second}`);
  await cat.goOnline();
  await cat.expectStatus('lost', 40_000);
  await expect(cat.page.getByText('3 characters did not arrive. They are still below.')).toBeVisible();
  await cat.page.getByRole('button', { name: 'Copy my text' }).click();
  await expect(cat.page.getByText('Text copied')).toBeVisible();
  expect(await cat.page.evaluate(() => navigator.clipboard.readText())).toBe('start arrivedxyz');
  // The door is closed, but not over what is only here.
  const answer = await cat.page.reload();
  expect(answer?.status()).toBe(403);
  await expect(cat.page.getByText('start arrivedxyz')).toBeVisible();
  await expect(cat.page.getByRole('alert').filter({ hasText: 'This link was revoked.' })).toBeVisible();
});

test('a password: a stranger sees nothing until it is typed; wrong; right; a reload does not ask', async ({
  browser,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'secret words', title: 'Secret title' });
  const { owner, edit } = links;
  const id = await idOf(server.url, links, edit.token);
  const before = await browser.newContext();
  const bob = new RoomPage(await before.newPage());
  await bob.open(`${server.url}/r/${edit.token}`);
  await json('PATCH', server.url, `/api/rooms/${owner.token}/links/${id}`, { password: 'knock' });
  await bob.expectStatus('lost', 2_000);
  await expect(bob.page.getByText('This room has a password now.')).toBeVisible();
  await bob.page.getByRole('button', { name: 'Enter the password' }).click();
  await expect(bob.page.getByRole('heading', { name: 'This room has a password.' })).toBeVisible();
  await expect(bob.page.getByText('secret words')).toHaveCount(0);
  await before.close();

  const context = await browser.newContext();
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  const answer = await page.goto(`${server.url}/r/${edit.token}`);
  expect(answer?.status()).toBe(401);
  await expect(page.getByRole('heading', { name: 'This room has a password.' })).toBeVisible();
  await expectNoFaults(page);
  for (const path of ['', '/text', '/file']) {
    const { status, bytes } = await request(server.url, 'GET', `/api/rooms/${edit.token}${path}`);
    expect(status, path).toBe(401);
    heard.push(bytes.toString('utf8'));
  }
  const all = [await answer?.text(), await page.content(), ...heard].join('\n');
  expect(all).not.toContain('secret');
  expect(all).not.toContain('Secret');

  const field = page.getByLabel('Password');
  await field.fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not it.').first()).toBeVisible();
  await expectNoFaults(page);
  await field.fill('knock');
  await page.getByRole('button', { name: 'Enter' }).click();
  const room = new RoomPage(page);
  await room.ready();
  await room.expectText('secret words');
  await room.caretToEnd();
  await room.type('!');
  await room.expectSaved();
  await page.reload();
  await room.ready();
  await room.expectText('secret words!');
  await context.close();
});

test('too many wrong passwords are slowed, with a countdown that ends', async ({ browser }) => {
  // Its own, for wrong passwords count for the address that they come from.
  const server = await startServer();
  const { links } = await createRoom(server.url, { text: 'secret' });
  const id = await idOf(server.url, links, links.edit.token);
  await json('PATCH', server.url, `/api/rooms/${links.owner.token}/links/${id}`, { password: 'knock' });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/r/${links.edit.token}`);
  await page.getByLabel('Password').fill('knock');
  const wrong = { authorization: `Basic ${Buffer.from(':no').toString('base64')}` };
  let status = 0;
  for (let tries = 0; status !== 429 && tries < 60; tries += 1) {
    ({ status } = await request(server.url, 'GET', `/api/rooms/${links.edit.token}`, { headers: wrong }));
  }
  // At once, before the address has earned another try.
  expect(status).toBe(429);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Too many tries\. Try again in \d+ s\.$/).first()).toBeVisible();
  const enter = page.getByRole('button', { name: 'Enter' });
  await expect(enter).toBeDisabled();
  await expect(enter).toBeEnabled({ timeout: 30_000 });
  await enter.click();
  await new RoomPage(page).ready();
  await context.close();
  await server.stop();
});

test('[P10] who was removed is out at once and cannot come back: not by a reload, not by a socket', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'hello' });
  const ann = await person(server.url, links.owner.token);
  const bob = await person(server.url, links.edit.token);
  await bob.page.evaluate(() => undefined);
  await ann.page.getByRole('button', { name: /, you$/ }).click();
  await ann.page.getByRole('button', { name: /^More about / }).click();
  await ann.page.getByRole('menuitem', { name: 'Remove from the room' }).click();
  await expect(ann.page.getByText(/They are out at once\./)).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await bob.expectStatus('lost', 2_000);
  await expect(bob.page.getByRole('alert').filter({ hasText: 'The owner removed you from this room.' })).toBeVisible();
  const answer = await bob.page.reload();
  expect(answer?.status()).toBe(403);
  await expect(bob.page.getByRole('heading', { name: 'The owner removed you from this room.' })).toBeVisible();
  await expectNoFaults(bob.page);
  expect(await bob.page.content()).not.toContain('hello');
  const code = await bob.page.evaluate(
    (token) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ws`, 'tandem.1');
        socket.onopen = () => socket.send(JSON.stringify({ v: 1, t: 'hello', token, client: 'R'.repeat(22) }));
        socket.onclose = (event) => resolve(event.code);
      }),
    links.edit.token,
  );
  expect(code).toBe(4403);
  // The others stay.
  const cat = await person(server.url, links.edit.token);
  await cat.expectText('hello');
});

test('a lock: the letter that was under way is kept, and goes out when the room opens', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'a', title: 'Plans' });
  const bob = await person(server.url, links.edit.token);
  await bob.goOffline();
  await bob.caretToEnd();
  await bob.type('b');
  await bob.expectKept(1);
  await json('PUT', server.url, `/api/rooms/${links.owner.token}/lock`, { locked: true });
  await bob.goOnline();
  await bob.expectStatus('locked', 40_000);
  await expect(bob.page.locator('.cm-content')).toHaveAttribute('contenteditable', 'false');
  await expect(bob.page.getByRole('button', { name: /rename the room/ })).toHaveCount(0);
  await bob.status.click();
  await expect(bob.page.getByText(/You can read and copy\. 1 character of yours is kept here\./)).toBeVisible();
  await expectNoFaults(bob.page);
  await expect(bob.page.getByRole('button', { name: 'Unlock' })).toHaveCount(0);
  const ann = new RoomPage(await bob.page.context().newPage());
  await ann.page.goto(`${server.url}/r/${links.owner.token}`);
  await ann.expectStatus('locked');
  await ann.status.click();
  await ann.page.getByRole('button', { name: 'Unlock' }).click();
  await bob.expectSaved();
  await ann.expectText('ab');
});

test('a link whose time is over ends in the room', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'a' });
  const bob = await person(server.url, links.edit.token);
  const id = await idOf(server.url, links, links.edit.token);
  const expiresAt = Date.now() + 2_000;
  await json('PATCH', server.url, `/api/rooms/${links.owner.token}/links/${id}`, { expiresAt });
  await bob.expectStatus('lost', 5_000);
  await expect(bob.page.getByText('The time of this link is over.')).toBeVisible();
  const answer = await bob.page.reload();
  expect(answer?.status()).toBe(403);
  await expect(bob.page.getByRole('heading', { name: 'The time of this link is over.' })).toBeVisible();
});

test('a new address from the manager: the page moves with it, others on other links stay', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('hello');
  await ann.expectSaved();
  const old = ann.token();
  await ann.page.getByRole('button', { name: 'Share', exact: true }).click();
  await ann.page.getByText('Can view').click();
  const view = await ann.page.getByRole('textbox', { name: 'View link' }).inputValue();
  await ann.page.keyboard.press('Escape');
  const reader = await ann.page.context().newPage();
  await reader.goto(view);
  await expect(reader.getByTestId('status')).toHaveAttribute('data-status', 'view');
  const bob = await person(server.url, old);

  await openManager(ann.page);
  const row = manager(ann.page).getByRole('listitem', { name: 'Edit link' });
  await row.getByRole('button', { name: /New address/ }).click();
  await expect(row.getByRole('button', { name: 'Make it new' })).toBeVisible();
  await expectNoFaults(ann.page);
  await row.getByRole('button', { name: 'Make it new' }).click();
  await expect.poll(() => ann.token()).not.toBe(old);
  await bob.expectStatus('lost');
  await ann.ready();
  await ann.caretToEnd();
  await ann.type('!');
  await ann.expectSaved();
  await expect(reader.locator('.cm-content')).toContainText('hello!');
  // It is still the room of whoever made it.
  await openManager(ann.page);
});

test('a name that can be guessed gives way to a random link', async ({ person, server }) => {
  const name = 'links-guess-me';
  const ann = await person(server.url, name);
  await ann.focus();
  await ann.type('plans');
  await ann.expectSaved();
  const bob = await person(server.url, name);
  await ann.page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(ann.page.getByText(`Anybody who guesses the name "${name}" can edit.`)).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Use a random link' }).click();
  await expect.poll(() => ann.token()).toMatch(/^[0-9A-Za-z]{22}$/);
  await bob.expectStatus('lost');
  await ann.ready();
  await ann.expectText('plans');
  expect((await request(server.url, 'GET', `/api/rooms/${name}`)).status).toBe(403);
  await ann.page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(ann.page.getByText(/Anybody who guesses/)).toHaveCount(0);
  await expect(ann.page.getByRole('button', { name: 'Manage links' })).toBeVisible();
});

test('an owner on another device, who has the owner link alone, gives edit and view links', async ({
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, { text: 'a' });
  const ann = await person(server.url, links.owner.token);
  await ann.page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(ann.page.getByRole('textbox', { name: 'Edit link' })).toHaveValue(`${server.url}/r/${links.edit.token}`);
  await ann.page.getByText('Can view').click();
  await expect(ann.page.getByRole('textbox', { name: 'View link' })).toHaveValue(`${server.url}/r/${links.view.token}`);
});

test('the manager makes, changes and revokes a link', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'a' });
  const ann = await person(server.url, links.owner.token);
  await openManager(ann.page);
  const dialog = manager(ann.page);
  await dialog.getByRole('button', { name: 'Make another link' }).click();
  const form = dialog.getByRole('form', { name: 'Make another link' });
  await form.getByText('Can view').click();
  await form.getByLabel('Name of the link').fill('Design review');
  await form.getByLabel('Ends').selectOption('In 1 week');
  await expectNoFaults(ann.page);
  await form.getByRole('button', { name: 'Make the link' }).click();
  const row = dialog.getByRole('listitem', { name: 'Design review' });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Set a password' }).click();
  await row.getByLabel('Password', { exact: true }).fill('knock');
  await row.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(row.getByText(/Asks for a password\./)).toBeVisible();
  await row.getByLabel('Name of the link').fill('Second review');
  await ann.page.keyboard.press('Enter');
  const renamed = dialog.getByRole('listitem', { name: 'Second review' });
  await renamed.getByRole('button', { name: /Revoke/ }).click();
  await renamed.getByRole('button', { name: 'Revoke it' }).click();
  await expect(renamed).toHaveCount(0);
  await expect(dialog.getByText('1 revoked link')).toBeVisible();
  const all = await list(server.url, links.owner.token);
  expect(all.filter(({ revokedAt }) => revokedAt !== null)).toHaveLength(1);
});

test('a deleted room says so to whoever is in it, and is no fresh room of its owner', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('last words');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await openManager(ann.page);
  await manager(ann.page).getByRole('button', { name: 'Delete this room' }).click();
  const forEverybody = manager(ann.page).getByRole('button', { name: 'Delete it for everybody' });
  await expect(forEverybody).toBeVisible();
  await expectNoFaults(ann.page);
  await forEverybody.click();
  for (const one of [ann, bob]) {
    await one.expectStatus('lost', 2_000);
    await expect(one.page.getByRole('alert').filter({ hasText: 'The owner deleted this room.' })).toBeVisible();
    await expect(one.page.getByText('last words')).toBeVisible();
  }
  const answer = await ann.page.reload();
  expect(answer?.status()).toBe(404);
  await expect(ann.page.getByRole('heading', { name: 'There is no room here.' })).toBeVisible();
});

test('whoever makes a room is told once to keep the owner link, without losing the caret', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ann.type('hello');
  const words = ann.page.getByText('Keep your owner link: it is the only way back');
  await expect(words).toBeVisible();
  await expect(ann.editor).toBeFocused();
  await expectNoFaults(ann.page);
  await ann.type(' world');
  await ann.expectText('hello world');
  await ann.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(words).toHaveCount(0);
  const owner = await ann.page.evaluate(() => navigator.clipboard.readText());
  const token = owner.split('/').at(-1) ?? '';
  expect((await request(server.url, 'GET', `/api/rooms/${token}/links`)).status).toBe(200);
  await ann.expectSaved();
  await ann.page.reload();
  await ann.ready();
  await ann.expectStatus('saved');
  await ann.page.waitForTimeout(6_000); // Longer than it took to come the first time.
  await expect(words).toHaveCount(0);
});

test('on a phone the manager is a sheet that fits, and axe finds nothing in it', async ({ browser, server }) => {
  const { links } = await createRoom(server.url, { text: 'a' });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  await page.goto(`${server.url}/r/${links.owner.token}`);
  await expect(page.getByTestId('status')).toHaveAttribute('data-status', 'saved');
  await openManager(page);
  await expectNoFaults(page);
  const box = await manager(page).boundingBox();
  expect(Math.round(box?.width ?? 0)).toBe(viewport.width);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
  await context.close();
});
