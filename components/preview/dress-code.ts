import { LanguageDescription } from '@codemirror/language';
import type { Parser } from '@lezer/common';
import { highlightCode } from '@lezer/highlight';
import { knownLanguages } from '../editor/language-catalogue.ts';
import { codeColors } from './code-colors.ts';

/** Longer code stays plain, in UTF-16 units: nobody reads it here. */
const MOST_CODE = 100_000;
/** So does what takes its grammar longer than this, in ms. */
const MOST_MS = 200;

/** Grammars by the name that a block gave; null for names that nobody knows. */
const grammars = new Map<string, Parser | null>();

/** Can `name` be coloured at once, or is its grammar still to be fetched? */
export function hasGrammar(name: string): boolean {
  return grammars.has(name);
}

/** Fetches the editor's grammar for the language that a block, a file or a room names. Rejects without a network. */
export async function fetchGrammar(name: string): Promise<void> {
  if (grammars.has(name)) return;
  const found = LanguageDescription.matchLanguageName(await knownLanguages(), name, true);
  if (found === null) return void grammars.set(name, null);
  // By way of Markdown's grammar, which is here already: a chunk of its own would come into the first load.
  const [{ language }, { guarded }] = await Promise.all([found.load(), import('../editor/markdown-writing.ts')]);
  grammars.set(name, guarded(language).parser);
}

/** Colours a block of code, if its grammar is here. */
export function dressCode(block: HTMLElement): void {
  const code = block.querySelector('code');
  const parser = grammars.get(block.dataset['language'] ?? '');
  if (code === null || parser === undefined || parser === null) return;
  const text = code.textContent ?? '';
  if (text.length > MOST_CODE) return;
  const parse = parser.startParse(text);
  const end = performance.now() + MOST_MS;
  let tree = parse.advance();
  while (tree === null && performance.now() < end) tree = parse.advance();
  if (tree === null) return;
  const colored = document.createDocumentFragment();
  highlightCode(
    text,
    tree,
    codeColors,
    (piece, classes) => {
      if (classes === '') return colored.append(piece);
      const span = document.createElement('span');
      span.className = classes;
      span.textContent = piece;
      colored.append(span);
    },
    () => colored.append('\n'),
  );
  code.replaceChildren(colored);
}
