import { createRoom, join } from '../harness/index.ts';
import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

test('the inspector shows what goes over the wire, and a network as bad as one likes', async ({ person, server }) => {
  const { links } = await createRoom(server.url, { text: 'Read along. ' });
  const ann = await person(server.url, links.edit.token);
  const { page } = ann;
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('inspector');
  await page.getByRole('option', { name: 'Inspector', exact: true }).click();
  const inspector = page.getByRole('region', { name: 'Inspector', exact: true });
  await expect(inspector).toBeVisible();
  const frames = (kind: string, way: 'in' | 'out') =>
    inspector.locator(`[data-testid="frame"][data-kind="${kind}"][data-way="${way}"]`);

  await ann.caretToEnd();
  await ann.type('x');
  await expect(frames('op', 'out').last()).toContainText('"x"');
  await expect(frames('ops', 'in').last()).toContainText('ack of seq');
  await expect(frames('ops', 'in').last()).toContainText('ms');
  const { peer, welcome } = await join(server.url, links.edit.token, { name: 'Jonas' });
  await expect(ann.people).toHaveCount(2);
  await peer.submit({ t: 'op', seq: 1, rev: welcome.rev, op: ['Hi. '] });
  await expect(frames('ops', 'in').last()).toContainText('Jonas ["Hi. "]');
  await expect(inspector).not.toContainText(links.edit.token);
  await expectNoFaults(page);

  await inspector.getByRole('switch', { name: 'Pretend the network is bad' }).click();
  await expect(page.getByText('Pretending: slow')).toBeVisible();
  await expectNoFaults(page);
  await inspector.getByText('Offline', { exact: true }).click();
  await ann.expectStatus('offline', 20_000);
  await ann.caretToEnd();
  await ann.type(' kept');
  await ann.expectStatus('offline');
  await expect(inspector.getByTestId('client-facts')).toContainText('5 characters');

  // Closing the drawer ends the pretence, and everything arrives once.
  await inspector.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(inspector).toHaveCount(0);
  await ann.expectSaved();
  await ann.expectText('Hi. Read along. x kept');
  peer.close();
});
