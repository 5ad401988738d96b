import { devices } from '@playwright/test';
import { createRoom } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';
import { RoomPage } from './room-page.ts';

test('on a phone: read, write, see who is here and how it is stored, share by sheet', async ({
  browser,
  person,
  server,
}) => {
  const { links } = await createRoom(server.url, {
    title: 'Platform weekly',
    text: '# Platform weekly\n\nSome words to read on a small screen, which have to wrap.',
  });
  const { viewport, userAgent, deviceScaleFactor } = devices['Pixel 7'];
  const context = await browser.newContext({ viewport, userAgent, deviceScaleFactor, isMobile: true, hasTouch: true });
  const phone = new RoomPage(await context.newPage());
  await phone.open(`${server.url}/r/${links.edit.token}`);
  const bob = await person(server.url, links.edit.token);

  const width = viewport.width;
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await expect(phone.status).toBeVisible();
  await expect(phone.page.getByRole('button', { name: /2 people/ })).toBeVisible();
  await expectNoFaults(phone.page);
  const share = phone.page.getByRole('button', { name: 'Share' });
  for (const target of [phone.status, share, phone.page.getByRole('button', { name: 'More' })]) {
    const box = await target.boundingBox();
    expect(box?.height ?? 0, 'a fingertip needs 32 px of ink at least').toBeGreaterThanOrEqual(32);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }

  await phone.editor.tap();
  await phone.page.keyboard.press('ControlOrMeta+End');
  await phone.type(' From the phone.');
  await expect.poll(() => bob.text()).toContain('which have to wrap. From the phone.');

  await share.tap();
  const sheet = phone.page.getByRole('dialog', { name: 'Share this room' });
  await expect(sheet).toBeVisible();
  await expectNoFaults(phone.page);
  const box = await sheet.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBeGreaterThanOrEqual(viewport.height - 2);
  expect(Math.round(box?.width ?? 0)).toBe(width);
  await phone.page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  for (const open of [phone.status, phone.page.getByRole('button', { name: 'More' })]) {
    await open.tap();
    await expect(phone.page.getByRole('dialog')).toBeVisible();
    await expectNoFaults(phone.page);
    await phone.page.keyboard.press('Escape');
    await expect(phone.page.getByRole('dialog')).toHaveCount(0);
  }
  phone.expectQuietConsole();
  await context.close();
});
