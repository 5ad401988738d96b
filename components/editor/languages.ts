import type { Extension } from '@codemirror/state';
import { knownLanguages } from './language-catalogue.ts';
import { DEFAULT_LANGUAGE, PLAIN_TEXT } from './language-guess.ts';
import { markdownWriting } from './markdown-writing.ts';

/**
 * What the editor needs for a language: highlighting, indentation, closing brackets. Markdown and plain text are there
 * at once; anything else is fetched. A name nobody knows is plain text. Rejects if the network does not bring it.
 */
export function languageSupport(name: string): Extension | Promise<Extension> {
  if (name === DEFAULT_LANGUAGE) return markdownWriting();
  if (name === PLAIN_TEXT) return [];
  return fetchLanguage(name);
}

async function fetchLanguage(name: string): Promise<Extension> {
  const all = await knownLanguages();
  const found = all.find((one) => one.name === name);
  if (found === undefined) return [];
  const [support, { closeBrackets, closeBracketsKeymap }, { keymap }] = await Promise.all([
    found.load(),
    import('@codemirror/autocomplete'),
    import('@codemirror/view'),
  ]);
  return [support, closeBrackets(), keymap.of([...closeBracketsKeymap])];
}
