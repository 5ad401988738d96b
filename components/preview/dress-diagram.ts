import type { Look } from '../ui/look.ts';
import { previewStrings } from './preview-strings.ts';

/** Diagrams that were drawn before, by look and source: a text is rendered often, its diagrams change seldom. */
const drawn = new Map<string, string>();
/** How many are remembered. */
const MOST_DRAWN = 50;

/** The address of the diagram as a picture, if it was drawn before. */
function pictureOf(source: string, look: Look): string | null {
  return drawn.get(`${look} ${source}`) ?? null;
}

/**
 * Puts a diagram's picture in place of its source. One that cannot be drawn keeps the source, with a word. Until it is
 * there the block shows `meanwhile`, what stood there before, if anything.
 */
export async function dressDiagram(block: HTMLElement, look: Look): Promise<void> {
  const source = block.querySelector('code')?.textContent ?? '';
  block.dataset['source'] = source;
  const before = pictureOf(source, look);
  if (before !== null) return show(block, before, source);
  try {
    const address = await draw(source, look);
    show(block, address, source);
  } catch {
    fail(block, source);
  }
}

/** The same at once, if it was drawn before. */
export function dressDiagramAgain(block: HTMLElement, look: Look): boolean {
  const source = block.querySelector('code')?.textContent ?? '';
  const before = pictureOf(source, look);
  if (before !== null) show(block, before, source);
  return before !== null;
}

/** The diagram as the address of a picture. Rejects if it cannot be drawn. */
export async function draw(source: string, look: Look): Promise<string> {
  const before = pictureOf(source, look);
  if (before !== null) return before;
  const [{ drawDiagram }, { diagramColors }] = await Promise.all([
    import('./diagram-frame.ts'),
    import('./diagram-colors.ts'),
  ]);
  const svg = await drawDiagram(source, diagramColors(look));
  const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  drawn.set(`${look} ${source}`, address);
  const [oldest] = drawn.keys();
  if (drawn.size > MOST_DRAWN && oldest !== undefined) drawn.delete(oldest);
  return address;
}

function show(block: HTMLElement, address: string, source: string): void {
  const picture = document.createElement('img');
  picture.src = address;
  picture.alt = previewStrings.diagram(source.trim().split('\n').slice(0, 12).join(', ').slice(0, 300));
  block.dataset['drawn'] = 'true';
  block.removeAttribute('tabindex');
  block.replaceChildren(picture);
}

function fail(block: HTMLElement, source: string): void {
  block.dataset['drawn'] = 'failed';
  const code = document.createElement('code');
  code.textContent = source;
  const word = document.createElement('span');
  word.className = 'word';
  word.textContent = previewStrings.diagramFailed;
  block.replaceChildren(word, code);
}
