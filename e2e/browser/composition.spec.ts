import type { CDPSession } from '@playwright/test';
import { readText } from '../harness/index.ts';
import { expect, test } from './fixtures.ts';
import type { RoomPage } from './room-page.ts';

/** An input method at work: each call shows what was composed so far, the last one takes it. */
class InputMethod {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(room: RoomPage): Promise<InputMethod> {
    return new InputMethod(await room.page.context().newCDPSession(room.page));
  }

  async compose(text: string): Promise<void> {
    await this.#session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }

  async take(text: string): Promise<void> {
    await this.#session.send('Input.insertText', { text });
  }
}

test('[P4] [P5] somebody types before, behind and above a composition, and it is not interrupted', async ({
  person,
  server,
}) => {
  const ann = await person(server.url);
  await ann.type('left right');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  // Counts how often the browser ended the composition: taking it is once, anything more was an interruption.
  await ann.page.evaluate(() => {
    document.addEventListener('compositionend', () => {
      const { documentElement } = document;
      documentElement.dataset['compositions'] = String(Number(documentElement.dataset['compositions'] ?? 0) + 1);
    });
  });
  await ann.caretToStart();
  for (let i = 0; i < 5; i++) await ann.page.keyboard.press('ArrowRight');
  const method = await InputMethod.of(ann);
  await method.compose('に');
  await bob.caretToStart();
  await bob.type('>> ');
  await method.compose('にほ');
  await bob.caretToEnd();
  await bob.type(' <<');
  await method.compose('にほん');
  await bob.caretToStart();
  await bob.page.keyboard.insertText('above');
  await bob.page.keyboard.press('Enter');
  await method.compose('にほんご');
  await method.take('日本語');
  await ann.expectSaved();
  await bob.expectSaved();
  const { text } = await readText(server.url, ann.token());
  expect(text).toBe('above\n>> left 日本語right <<');
  await ann.expectText(text);
  await bob.expectText(text);
  expect(await ann.page.evaluate(() => document.documentElement.dataset['compositions'])).toBe('1');
});

test('[P4] [P6] two people compose in one line at once', async ({ person, server }) => {
  const ann = await person(server.url);
  await ann.type('[]');
  await ann.expectSaved();
  const bob = await person(server.url, ann.token());
  await ann.caretToStart();
  await ann.page.keyboard.press('ArrowRight');
  await bob.caretToEnd();
  const [annMethod, bobMethod] = [await InputMethod.of(ann), await InputMethod.of(bob)];
  await annMethod.compose('k');
  await bobMethod.compose('´');
  await annMethod.compose('か');
  await bobMethod.compose('é');
  await annMethod.compose('かん');
  await annMethod.take('漢');
  await bobMethod.take('é');
  await ann.expectSaved();
  await bob.expectSaved();
  const { text } = await readText(server.url, ann.token());
  expect(text).toBe('[漢]é');
  await ann.expectText(text);
  await bob.expectText(text);
});
