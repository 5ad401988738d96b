import { readText, startServer } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

test('[P5] [P8] offline is told within 3 s with a count, typing goes on, and everything arrives once', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('before ');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await ann.goOffline();
  await ann.type('while away ');
  await ann.expectStatus('offline', 3_000);
  await expect(ann.status).toHaveAttribute('data-unsaved', '11');
  await expect(ann.status).toContainText('Offline');
  await expectNoFaults(ann.page);
  await bob.caretToStart();
  await bob.type('>> ');
  await bob.expectSaved();
  await ann.goOnline();
  await ann.expectSaved();
  await ann.expectText('>> before while away ');
  await bob.expectText('>> before while away ');
});

test('[P5] [P8] the server is killed and comes back: nobody reloads, nothing is lost or doubled', async ({
  person,
}) => {
  const server = await startServer();
  try {
    const ann = await person(server.url);
    await ann.type('one ');
    await ann.expectSaved();
    const bob = await person(server.url, ann.token());
    await server.kill('SIGKILL');
    await ann.type('two ');
    await expect(ann.status).toHaveAttribute('data-status', /offline|reconnecting/, { timeout: 3_000 });
    await bob.caretToEnd();
    await bob.type('three ');
    await server.restart();
    await ann.expectSaved(45_000);
    await bob.expectSaved(45_000);
    const { text } = await readText(server.url, ann.token());
    expect(text.startsWith('one ')).toBe(true);
    expect([...text.matchAll(/two /g)]).toHaveLength(1);
    expect([...text.matchAll(/three /g)]).toHaveLength(1);
    await ann.expectText(text);
    await bob.expectText(text);
    ann.expectQuietConsole([/ERR_|WebSocket|503/]);
  } finally {
    await server.stop();
  }
});

test('leaving asks exactly while something could be lost', async ({ person, server }) => {
  const ann = await person(server.url);
  const asked: string[] = [];
  ann.page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await ann.type('saved');
  await ann.expectSaved();
  await ann.page.reload();
  await ann.ready();
  expect(asked).toEqual([]);
});

test('[P8] the details say where the text is, and try again on request', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('abc');
  await ann.expectSaved();
  await ann.status.click();
  await expect(ann.page.getByText(/Everything is on disk, up to revision/)).toBeVisible();
  await ann.page.keyboard.press('Escape');
  await ann.goOffline();
  await ann.focus();
  await ann.type('def');
  await ann.expectStatus('offline', 3_000);
  await ann.status.click();
  await expect(ann.page.getByText('3 characters', { exact: true })).toBeVisible();
  await expectNoFaults(ann.page);
  await ann.page.getByRole('button', { name: 'Try now' }).click();
  await ann.expectStatus('offline');
  await ann.goOnline();
  await ann.expectSaved();
});
