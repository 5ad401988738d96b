import type { Extension } from '@codemirror/state';
import { knownLanguages } from './language-catalogue.ts';
import { DEFAULT_LANGUAGE, PLAIN_TEXT } from './language-guess.ts';
import { markdownLook } from './markdown-look.ts';

/** What the editor has for a language at once, and what comes by the network; `later` replaces `now`. */
export interface LanguageSupport {
  now: Extension;
  /** Rejects if the network does not bring it. */
  later: Promise<Extension> | null;
}

/** Once it is here, Markdown is written with all it has from the editor's first moment. */
let markdown: Extension | null = null;

/** Highlighting, indentation, closing brackets. A name that nobody knows is plain text. */
export function languageSupport(name: string): LanguageSupport {
  if (name === PLAIN_TEXT) return { now: [], later: null };
  if (name !== DEFAULT_LANGUAGE) return { now: [], later: fetchLanguage(name) };
  if (markdown !== null) return { now: markdown, later: null };
  return { now: markdownLook(), later: fetchMarkdown() };
}

/**
 * Fetches what the first drawing of a text in this language needs; null if that is here already, or if the text looks
 * the same without. Never rejects.
 */
export function prepareLanguage(name: string): Promise<void> | null {
  if (name !== DEFAULT_LANGUAGE || markdown !== null) return null;
  return fetchMarkdown().then(
    () => undefined,
    // Without its grammar Markdown still has its shapes.
    () => undefined,
  );
}

async function fetchMarkdown(): Promise<Extension> {
  const { markdownWriting } = await import('./markdown-writing.ts');
  markdown = [markdownWriting(), markdownLook()];
  return markdown;
}

async function fetchLanguage(name: string): Promise<Extension> {
  const all = await knownLanguages();
  const found = all.find((one) => one.name === name);
  if (found === undefined) return [];
  const [support, { guarded }, { closeBrackets, closeBracketsKeymap }, { keymap }] = await Promise.all([
    found.load(),
    // By way of the grammar, which is here already: a chunk of its own would cost the first load a kilobyte.
    import('./markdown-writing.ts'),
    import('@codemirror/autocomplete'),
    import('@codemirror/view'),
  ]);
  return [guarded(support.language), support.support, closeBrackets(), keymap.of([...closeBracketsKeymap])];
}

// Markdown is what nearly every room is written in: its grammar sets out together with the page's own code.
if (typeof window !== 'undefined') void prepareLanguage(DEFAULT_LANGUAGE);
