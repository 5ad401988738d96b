import { gzipSync } from 'node:zlib';
import { createRoom } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';

/**
 * JavaScript of the room page before anything optional is used, gzip at its usual level, in bytes; languages come on top. A
 * little over a second at 2 Mbit/s.
 */
const MOST_SCRIPT = 300 * 1024;
/** A name of Lezer's Markdown grammar, which is fetched beside the page because the text is Markdown. */
const GRAMMAR = 'ATXHeading';

test('the room page loads no more script than it needs', async ({ page, server }) => {
  const { links } = await createRoom(server.url, { text: '# Plans\n\nSome `code`.' });
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
  });
  await page.goto(`${server.url}/r/${links.edit.token}`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeEditable();
  const all = await Promise.all(scripts.values());
  const bodies = all.filter((body) => !body.includes(GRAMMAR));
  expect(bodies.length).toBe(all.length - 1);
  const weight = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  test.info().annotations.push({
    type: 'script',
    description: `${Math.round(weight / 1024)} KB gzip in ${bodies.length} files`,
  });
  console.log(`The room page loads ${Math.round(weight / 1024)} KB of script (gzip) in ${bodies.length} files.`);
  expect(bodies.length).toBeGreaterThan(3);
  expect(weight).toBeLessThanOrEqual(MOST_SCRIPT);
});
