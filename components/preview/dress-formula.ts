import type { DrawFormula } from './formula-code.ts';
import { previewStrings } from './preview-strings.ts';

let code: { drawFormula: DrawFormula } | null = null;

/** Can formulas be drawn at once? */
export function canDrawFormulas(): boolean {
  return code !== null;
}

/** Fetches what draws formulas: only texts that have some need it. Rejects without a network. */
export async function fetchFormulas(): Promise<void> {
  code ??= await import('./formula-code.ts');
}

/** Draws a formula in place of its source; one that cannot be read keeps the source, with a word. */
export function dressFormula(element: HTMLElement, goal: 'page' | 'file'): void {
  if (code === null || element.dataset['drawn'] !== undefined) return;
  const source = element.textContent ?? '';
  try {
    code.drawFormula(element, source, element.dataset['display'] === 'true', goal);
    element.dataset['drawn'] = 'true';
  } catch {
    element.dataset['drawn'] = 'failed';
    element.textContent = source;
    element.title = previewStrings.formulaFailed;
    const word = document.createElement('span');
    word.className = 'word';
    word.textContent = previewStrings.formulaFailed;
    element.append(' ', word);
  }
}
