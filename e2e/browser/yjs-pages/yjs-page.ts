import { expect, type Locator, type Page } from '@playwright/test';

/** A page of `codemirror.ts`, or another with CodeMirror and Yjs, as the person before it sees it. */
export class YjsPage {
  readonly page: Page;
  readonly editor: Locator;
  /** What was not caught. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.editor = page.locator('.cm-content');
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.editor).toBeEditable();
  }

  async type(text: string, { delay = 0 }: { delay?: number } = {}): Promise<void> {
    await this.page.keyboard.type(text, { delay });
  }

  async caretToStart(): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+Home');
  }

  async caretToEnd(): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+End');
  }

  async text(): Promise<string> {
    const lines = await this.editor.locator('.cm-line').evaluateAll((elements) =>
      elements.map((line) => {
        // Other people's carets and names are drawn inside the line, and are not text.
        const copy = line.cloneNode(true) as Element;
        for (const drawn of copy.querySelectorAll('.cm-ySelectionCaret')) drawn.remove();
        return copy.textContent ?? '';
      }),
    );
    return lines.join('\n');
  }

  async expectText(text: string, timeout = 15_000): Promise<void> {
    await expect.poll(() => this.text(), { timeout }).toBe(text);
  }

  /** The names on others' carets. */
  names(): Locator {
    return this.editor.locator('.cm-ySelectionInfo');
  }
}
