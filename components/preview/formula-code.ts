import 'katex/dist/katex.min.css';
import katex, { type KatexOptions } from 'katex';

/** Longer formulas stay as they were written, in UTF-16 units. */
const MOST_FORMULA = 5_000;

/** Nothing in a formula may link, load or name a style; macros end, and nothing grows over the page (in em). */
const OPTIONS: KatexOptions = { trust: false, strict: 'ignore', maxExpand: 1_000, maxSize: 20, throwOnError: true };

/**
 * Draws a formula into `element`, as nodes and never as HTML. `page`: KaTeX' own letters, with MathML beside them for screen
 * readers; `file`: MathML alone, which needs no style sheet and no fonts. Throws if it cannot be read.
 */
export function drawFormula(element: HTMLElement, source: string, display: boolean, goal: 'page' | 'file'): void {
  if (source.length > MOST_FORMULA) throw new Error('too long');
  katex.render(source, element, {
    ...OPTIONS,
    displayMode: display,
    output: goal === 'page' ? 'htmlAndMathml' : 'mathml',
  });
}

export type DrawFormula = typeof drawFormula;
