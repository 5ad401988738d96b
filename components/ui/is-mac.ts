/** Is this a Mac, whose shortcuts go by ⌘? False while the server renders. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform);
}
