import { expect, type Locator, type Page } from '@playwright/test';

/** The page of a room as the person before it sees it: everything a test does to it or reads from it. */
export class RoomPage {
  readonly page: Page;
  /** The text itself. */
  readonly editor: Locator;
  /** The pill; `data-status` is the kind of RoomView's status, `data-unsaved` its count, `data-kept` its dot "device". */
  readonly status: Locator;
  /** One for each person, ourselves included. */
  readonly people: Locator;
  /** What the console complained of, uncaught errors included. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.editor = page.getByRole('textbox', { name: 'Text', exact: true });
    this.status = page.getByTestId('status');
    this.people = page.getByTestId('person');
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** Goes there and waits until one can type. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.editor).toBeEditable();
  }

  /** The token in the address bar. */
  token(): string {
    const token = /\/r\/([^/?#]+)/.exec(this.page.url())?.[1];
    if (token === undefined) throw new Error(`There is no room in the address ${this.page.url()}.`);
    return token;
  }

  /** Types where the caret is, key by key. `delay` is the time between two keys, in ms. */
  async type(text: string, { delay = 0 }: { delay?: number } = {}): Promise<void> {
    await this.page.keyboard.type(text, { delay });
  }

  /** The text is parsed: marks are coloured, and the keys of Markdown do what they do. It needs a mark to be seen. */
  async expectParsed(): Promise<void> {
    await expect(this.editor.locator('.cm-line [class^="ͼ"]').first()).toBeVisible();
  }

  async focus(): Promise<void> {
    await this.editor.focus();
  }

  async caretToStart(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+Home');
  }

  async caretToEnd(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press('ControlOrMeta+End');
  }

  /** The lines that are drawn, joined. CodeMirror draws only what is near the view, so this is for short texts. */
  async text(): Promise<string> {
    const lines = await this.editor.locator('.cm-line').evaluateAll((elements) =>
      elements.map((line) => {
        // Other people's carets and names are drawn inside the line, and are not text.
        const copy = line.cloneNode(true) as Element;
        for (const drawn of copy.querySelectorAll('.tandem-caret, .tandem-caret-tag')) drawn.remove();
        return copy.textContent ?? '';
      }),
    );
    return lines.join('\n');
  }

  async expectText(text: string, timeout = 15_000): Promise<void> {
    await expect.poll(() => this.text(), { timeout }).toBe(text);
  }

  async expectStatus(kind: string, timeout = 15_000): Promise<void> {
    await expect(this.status).toHaveAttribute('data-status', kind, { timeout });
  }

  /** Everything that was typed here is on the server's disk. */
  async expectSaved(timeout = 30_000): Promise<void> {
    await this.expectStatus('saved', timeout);
    await expect(this.status).toHaveAttribute('data-unsaved', '0');
  }

  /** `units` are not on the server's disk, and are in this browser's journal. */
  async expectKept(units: number): Promise<void> {
    await expect(this.status).toHaveAttribute('data-unsaved', String(units));
    await expect(this.status).toHaveAttribute('data-kept', 'true');
  }

  /** The browser could open the page without a network now. */
  async expectShellKept(): Promise<void> {
    const kept = () =>
      this.page.evaluate(async () => {
        const files = navigator.serviceWorker.controller === null ? [] : await (await caches.open('tandem-1')).keys();
        const paths = files.map(({ url }) => new URL(url).pathname);
        const own = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
        const needed = own.filter((path) => path.startsWith('/_next/static/') && path.endsWith('.js'));
        return ['/', '/offline', ...needed].filter((path) => !paths.includes(path));
      });
    await expect.poll(kept, { timeout: 30_000 }).toEqual([]);
  }

  /** The carets of others, by author number if given. */
  carets(author?: number): Locator {
    return this.page.locator(author === undefined ? '.tandem-caret' : `.tandem-caret[data-author="${author}"]`);
  }

  caretTags(): Locator {
    return this.page.locator('.tandem-caret-tag');
  }

  async goOffline(): Promise<void> {
    await this.page.context().setOffline(true);
  }

  async goOnline(): Promise<void> {
    await this.page.context().setOffline(false);
  }

  /** No error or warning was written to the console, but for those that `allowed` matches. */
  expectQuietConsole(allowed: readonly RegExp[] = []): void {
    const loud = this.complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    expect(loud, 'console').toEqual([]);
  }
}
