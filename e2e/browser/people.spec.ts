import { expectNoFaults } from './faults.ts';
import { expect, test } from './fixtures.ts';

test('a caret stands where the other one writes, in their colour; the name shows on movement, fades, and comes back on hover', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('A line to read.');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await bob.caretToEnd();
  await bob.type(' More');
  // The tag goes with the letters, so they have to be here before it is measured.
  await ann.expectText('A line to read. More');
  const caret = ann.carets();
  await expect(caret).toHaveCount(1);
  await expect(ann.caretTags()).toBeVisible();
  await expectNoFaults(ann.page);
  await bob.type(' to come');
  await ann.expectText('A line to read. More to come');
  await expect(ann.caretTags()).toBeVisible();

  const chip = ann.people.filter({ hasNotText: /^$/ }).and(ann.page.locator('[data-presence=here]'));
  const [ink, chipInk] = await Promise.all([
    caret.evaluate((element) => getComputedStyle(element).getPropertyValue('--a')),
    chip.evaluate((element) => getComputedStyle(element).getPropertyValue('--a')),
  ]);
  expect(ink).not.toBe('');
  expect(ink).toBe(chipInk);

  // Nothing covers letters: the tag begins behind the last letter of its line.
  const lineEnd = await ann.editor.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element.querySelector('.cm-line') ?? element);
    return range.getBoundingClientRect().right;
  });
  // Carets glide there.
  await expect.poll(async () => (await ann.caretTags().boundingBox())?.x).toBeGreaterThanOrEqual(lineEnd - 1);

  await expect(ann.caretTags()).toBeHidden({ timeout: 6_000 });
  const box = await caret.boundingBox();
  await ann.page.mouse.move((box?.x ?? 0) + 1, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(ann.caretTags()).toBeVisible();
});

test('a selection is shown to the others', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('select some of this');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await bob.caretToStart();
  for (let i = 0; i < 6; i++) await bob.page.keyboard.press('Shift+ArrowRight');
  const selection = ann.page.locator('.tandem-selection');
  await expect(selection).toHaveCount(1);
  // It grows letter by letter as Bob goes on selecting.
  await expect.poll(async () => (await selection.boundingBox())?.width ?? 0).toBeGreaterThan(20);
});

test('one renames oneself in one click; the others see it, and a reload remembers it', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('hello');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await expect(bob.people).toHaveCount(2);
  await ann.page.locator('[data-testid=person][data-presence=you]').click();
  const field = ann.page.getByRole('textbox', { name: 'Your name' });
  await expect(field).toBeFocused();
  await expectNoFaults(ann.page);
  await ann.type('Ann');
  await ann.page.keyboard.press('Enter');
  await expect(bob.page.locator('[data-testid=person][data-presence=here]')).toHaveAttribute('aria-label', /Ann/, {
    timeout: 2_000,
  });
  await ann.page.reload();
  await ann.ready();
  await expect(ann.page.locator('[data-testid=person][data-presence=you]')).toHaveAttribute('aria-label', /Ann/);
});

test('people come and go in the bar', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.expectSaved();
  await expect(ann.people).toHaveCount(1);
  const bob = await person(server.url, ann.token());
  await expect(ann.people).toHaveCount(2);
  await bob.caretToEnd();
  await bob.type('y');
  await expect(ann.page.locator('[data-testid=person][data-typing=true]')).toHaveCount(1);
  await bob.page.close();
  await expect(ann.people).toHaveCount(1);
  await expect(ann.carets()).toHaveCount(0);
});

test('the title is edited in place, with Enter kept and Esc reverted, and everybody sees it', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('x');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await ann.page.getByRole('button', { name: /rename the room/ }).click();
  await ann.type('Platform weekly');
  await ann.page.keyboard.press('Enter');
  await expect(bob.page.getByRole('button', { name: /^Platform weekly/ })).toBeVisible();
  await expect(bob.page).toHaveTitle(/^Platform weekly/);
  await bob.page.getByRole('button', { name: /rename the room/ }).click();
  await bob.type('something else');
  await bob.page.keyboard.press('Escape');
  await expect(bob.page.getByRole('button', { name: /^Platform weekly/ })).toBeVisible();
});
