import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';

/**
 * JavaScript of the room page before anything optional is used, in bytes as they come over the wire; languages come on top.
 * Browsers take brotli by https and from this machine, so that is what nearly everybody gets. 251,624 are used.
 */
const MOST_SCRIPT = 254_200;
/** The same for who comes by plain http from another machine, or through a proxy that knows gzip only. */
const MOST_GZIP = 300_300;
/** A name of Lezer's Markdown grammar, which is fetched beside the page because the text is Markdown. */
const GRAMMAR = 'ATXHeading';

test('the room page loads no more script than it needs', async ({ page, server }) => {
  const { links } = await createRoom(server.url, { text: '# Plans\n\nSome `code`.' });
  const responses = new Map<string, Response>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.set(response.url(), response);
  });
  await page.goto(`${server.url}/r/${links.edit.token}`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeEditable();
  const all = await Promise.all(
    [...responses.values()].map(async (response) => ({
      body: await response.body(),
      encoding: await response.headerValue('content-encoding'),
      sent: (await response.request().sizes()).responseBodySize,
    })),
  );
  const scripts = all.filter(({ body }) => !body.includes(GRAMMAR));
  expect(scripts.length).toBe(all.length - 1);
  // What all pages have, and what a room adds.
  expect(scripts.length).toBe(2);
  // Tiny ones are not packed.
  expect(scripts.filter(({ body, encoding }) => body.length > 1_000 && encoding !== 'br')).toEqual([]);
  const sent = scripts.reduce((sum, script) => sum + script.sent, 0);
  const gzip = scripts.reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
  const words = `${sent} bytes of script as sent (brotli), ${gzip} by gzip, in ${scripts.length} files`;
  test.info().annotations.push({ type: 'script', description: words });
  console.log(`The room page loads ${words}.`);
  expect(sent).toBeLessThanOrEqual(MOST_SCRIPT);
  expect(gzip).toBeLessThanOrEqual(MOST_GZIP);
});
