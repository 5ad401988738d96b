import { dressCode, fetchGrammar, hasGrammar } from './dress-code.ts';
import { dressDiagram, dressDiagramAgain } from './dress-diagram.ts';
import { canDrawFormulas, dressFormula, fetchFormulas } from './dress-formula.ts';
import type { Look } from '../ui/look.ts';

export interface Dress {
  look: Look;
  /** `file`: it must stand without this page's style sheets and fonts. */
  goal: 'page' | 'file';
}

const CODE = 'pre[data-language]:not(.diagram)';
const FORMULA = '.formula';
const DIAGRAM = 'pre.diagram';

/** Dresses what can be dressed at once; true if nothing is left. So a block that is typed in does not flicker. */
export function dressNow(block: HTMLElement, { look, goal }: Dress): boolean {
  let whole = true;
  for (const code of block.querySelectorAll<HTMLElement>(CODE)) {
    if (hasGrammar(code.dataset['language'] ?? '')) dressCode(code);
    else whole = false;
  }
  for (const formula of block.querySelectorAll<HTMLElement>(FORMULA)) {
    if (canDrawFormulas()) dressFormula(formula, goal);
    else whole = false;
  }
  for (const diagram of block.querySelectorAll<HTMLElement>(DIAGRAM)) {
    if (!dressDiagramAgain(diagram, look)) whole = false;
  }
  return whole;
}

/** Fetches what the block needs and dresses it: colours for code, formulas, diagrams. Never rejects: what does not come stays words. */
export async function dressBlock(block: HTMLElement, { look, goal }: Dress): Promise<void> {
  const tasks: Promise<void>[] = [];
  for (const code of block.querySelectorAll<HTMLElement>(CODE)) {
    if (code.querySelector('span') === null) {
      tasks.push(fetchGrammar(code.dataset['language'] ?? '').then(() => dressCode(code)));
    }
  }
  const formulas = block.querySelectorAll<HTMLElement>(FORMULA);
  if (formulas.length > 0) {
    tasks.push(fetchFormulas().then(() => formulas.forEach((formula) => dressFormula(formula, goal))));
  }
  for (const diagram of block.querySelectorAll<HTMLElement>(DIAGRAM)) {
    if (diagram.dataset['drawn'] === undefined) tasks.push(dressDiagram(diagram, look));
  }
  await Promise.allSettled(tasks);
}
