import { startServer } from '../harness/index.ts';
import { startNginx } from '../harness/nginx.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

const SIGNED_IN = { user: 'ann@example.org', name: 'Ann Proxy' };

test('where only those who signed in make rooms, others hear so, and keep what they wrote', async ({ browser }) => {
  const env = {
    TRUSTED_USER_HEADER: 'X-Forwarded-User',
    TRUSTED_NAME_HEADER: 'X-Forwarded-Preferred-Username',
    ROOM_CREATION: 'signed-in',
    TRUST_PROXY: '1',
  };
  const server = await startServer({ env });
  // A proxy says so of sockets too; headers that a browser is told to add are not on those.
  const nginx = await startNginx({ nodes: [server.port], signedIn: SIGNED_IN });
  const [strange, known] = [await browser.newContext(), await browser.newContext()];
  try {
    const stranger = await strange.newPage();
    await stranger.goto(`${server.url}/`);
    await expect(stranger.getByText('Sign in to start a room here.')).toBeVisible();
    await expect(stranger.getByTestId('status')).toHaveAttribute('data-status', 'lost');
    await expectNoFaults(stranger);

    const ann = new RoomPage(await known.newPage());
    await ann.open(`${nginx.url}/`);
    await ann.type('mine');
    await ann.expectSaved();
    // Whoever has the link comes in all the same.
    const bob = new RoomPage(await strange.newPage());
    await bob.open(`${server.url}/r/${ann.token()}`);
    await bob.expectText('mine');
    await bob.page
      .getByRole('button', { name: /people in this room|Ann Proxy/ })
      .first()
      .click();
    await expect(bob.page.getByText('Ann Proxy').first()).toBeVisible();

    await ann.page
      .getByRole('button', { name: /Ann Proxy, you/ })
      .first()
      .click();
    await expect(ann.page.getByRole('textbox', { name: 'Your name' })).not.toBeEditable();
    await expectNoFaults(ann.page);
  } finally {
    await Promise.all([strange.close(), known.close()]);
    await nginx.stop();
    await server.stop();
  }
});
