import { hasSheet, printSheet } from './print-sheet.ts';

/**
 * While the browser prints by its own menu, the text stands in place of the page: as it is written, for that menu does not
 * wait for a rendering. Returns how to stop.
 */
export function printByMenu(text: () => string): () => void {
  let remove = (): void => undefined;
  const before = () => {
    // What "Print" prepares is better.
    if (!hasSheet()) remove = printSheet(plainPaper(text()));
  };
  const after = () => remove();
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
    remove();
  };
}

function plainPaper(text: string): HTMLElement {
  const paper = document.createElement('div');
  paper.className = 'paper';
  const block = document.createElement('pre');
  block.className = 'plain';
  const code = document.createElement('code');
  code.textContent = text;
  block.append(code);
  paper.append(block);
  return paper;
}
