import type { BrowserContext, Page } from '@playwright/test';
import { createRoom, startServer } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

/** What the policy of any page in this context has stopped: the directive, and what it was. */
async function watchPolicy(context: BrowserContext): Promise<string[]> {
  const stopped: string[] = [];
  await context.exposeFunction('tellStopped', (what: string) => stopped.push(what));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
      const { tellStopped } = window as unknown as { tellStopped: (what: string) => void };
      tellStopped(`${location.pathname}: ${effectiveDirective} ${blockedURI} ${sourceFile} ${sample}`);
    });
  });
  return stopped;
}

async function useDialogs({ page }: RoomPage): Promise<void> {
  for (const open of [
    page.getByRole('button', { name: 'Share' }),
    page.getByTestId('status'),
    page.getByRole('button', { name: 'More' }),
  ]) {
    await open.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
}

async function pickLanguage(room: RoomPage): Promise<void> {
  const { page, editor } = room;
  await page.getByRole('button', { name: /Language of the text/ }).click();
  await page.getByPlaceholder('Search languages').fill('typesc');
  await page.getByRole('option', { name: 'TypeScript', exact: true }).click();
  await expect(editor.locator('.cm-line span').filter({ hasText: /^const$/ })).toBeVisible();
  await room.focus();
  await page.keyboard.press('ControlOrMeta+f');
  await expect(page.locator('.cm-search')).toBeVisible();
}

/** The inline scripts ran: the theme is there, and the words that fit. */
async function expectDecided(page: Page, notFound: string | null): Promise<void> {
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  if (notFound !== null) await expect(html).toHaveAttribute('data-not-found', notFound);
}

test('[P7] the policy stops foreign scripts, and nothing of ours', async ({ browser }) => {
  const server = await startServer();
  const context = await browser.newContext();
  try {
    const stopped = await watchPolicy(context);
    const room = new RoomPage(await context.newPage());
    const { page } = room;

    await room.open(`${server.url}/`);
    await room.type('const fresh = 1');
    await room.expectSaved();
    await useDialogs(room);
    await pickLanguage(room);
    await page.evaluate(() => localStorage.setItem('tandem:theme', '"dark"'));

    const { links } = await createRoom(server.url, { title: 'Plans', text: '# Plans\n\n**bold** `code`' });
    await room.open(`${server.url}/r/${links.edit.token}`);
    await expectDecided(page, null);
    await room.expectText('# Plans\n\n**bold** `code`');
    await page.goto(`${server.url}/r/${'x'.repeat(22)}`);
    await expectDecided(page, 'room');
    await page.goto(`${server.url}/no/such/page`);
    await expectDecided(page, null);
    await expect(page.getByRole('link', { name: 'Start a new room' })).toBeVisible();

    await room.open(`${server.url}/r/${links.edit.token}`);
    // What was written here is kept here, so the page has something to show without the server.
    await room.caretToEnd();
    await room.type(' more');
    await room.expectSaved();
    await room.expectShellKept();
    await server.kill('SIGTERM');
    await page.reload();
    await room.ready();
    await room.expectStatus('offline');
    await expectDecided(page, null);
    await room.open(`${server.url}/`);
    await room.type('written offline');
    await room.expectText('written offline');
    expect(stopped).toEqual([]);
    room.expectQuietConsole([/ERR_|WebSocket|404/]);

    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="document.title = \'taken over\'">');
    });
    await expect
      .poll(() => stopped.map((what) => what.split(' ').slice(1, 3).join(' ')).sort())
      .toEqual(['script-src-attr inline', 'script-src-elem inline']);
    await expect(page).not.toHaveTitle('taken over');
  } finally {
    await context.close();
    await server.stop();
  }
});
