import { DEFAULT_LANGUAGE, PLAIN_TEXT } from '../editor/language-guess.ts';
import { openBlockRenderer } from '../preview/block-renderer.ts';
import { cleanHtml } from '../preview/clean-html.ts';
import { dressBlock, type Dress } from '../preview/dress-block.ts';

/** How long blocks are made in one go, in ms. */
const SLICE_MS = 12;

/** The whole text as it reads, as an element outside of the page. `dress` null leaves formulas, diagrams and code as they were written. */
export async function makePaper(text: string, language: string, dress: Dress | null): Promise<HTMLElement> {
  const paper = document.createElement('div');
  paper.className = 'paper';
  if (language !== DEFAULT_LANGUAGE) {
    paper.append(wholeCode(text, language));
    if (dress !== null) await dressBlock(paper, dress);
    return paper;
  }
  const renderer = openBlockRenderer();
  try {
    const { blocks } = await renderer.render(text);
    let end = performance.now() + SLICE_MS;
    for (const block of blocks) {
      const element = document.createElement('div');
      element.className = 'block';
      element.dir = 'auto';
      element.append(cleanHtml(block.html));
      paper.append(element);
      if (dress !== null && element.querySelector('pre, .formula') !== null) await dressBlock(element, dress);
      if (performance.now() < end) continue;
      await new Promise((resolve) => setTimeout(resolve));
      end = performance.now() + SLICE_MS;
    }
  } finally {
    renderer.close();
  }
  return paper;
}

function wholeCode(text: string, language: string): HTMLElement {
  const block = document.createElement('pre');
  const code = document.createElement('code');
  code.textContent = text;
  block.append(code);
  if (language === PLAIN_TEXT) block.className = 'plain';
  else block.dataset['language'] = language;
  return block;
}
