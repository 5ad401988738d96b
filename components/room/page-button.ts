/** Buttons of the page that open something beside themselves, for whoever leads there from elsewhere. */
export type PageButton = 'share' | 'rename';

/** Presses the button, as if by hand; no effect where the page has none (a view link cannot rename). */
export function pressButton(name: PageButton): void {
  document.querySelector<HTMLElement>(`[data-button="${name}"]`)?.click();
}
