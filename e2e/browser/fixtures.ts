import { test as base } from '@playwright/test';
import { startServer, type TestServer } from '../harness/server.ts';
import { RoomPage } from './room-page.ts';

interface Fixtures {
  /** Opens a room (or, without a token, a fresh one) in a browser context of its own: another person. */
  person: (url: string, token?: string) => Promise<RoomPage>;
}

interface SharedFixtures {
  /** One server for all tests of a worker. A test that stops its server starts one of its own. */
  server: TestServer;
}

export const test = base.extend<Fixtures, SharedFixtures>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  person: async ({ browser }, use) => {
    const people: RoomPage[] = [];
    await use(async (url, token) => {
      const context = await browser.newContext();
      const room = new RoomPage(await context.newPage());
      people.push(room);
      await room.open(token === undefined ? `${url}/` : `${url}/r/${token}`);
      return room;
    });
    for (const { page } of people) await page.context().close();
  },
});

export { expect } from '@playwright/test';
