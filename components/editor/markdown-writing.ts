import {
  Language,
  LanguageDescription,
  ParseContext,
  defineLanguageFacet,
  languageDataProp,
} from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { GFM, parseCode, parser } from '@lezer/markdown';
import { richPaste } from '../papers/rich-paste.ts';
import { markdownKeys } from '../writing/markdown-keys.ts';
import { guarded, GuardedParser } from './guarded-parser.ts';
import { knownLanguages } from './language-catalogue.ts';
import { markdownBounds } from './markdown-bounds.ts';

export { guarded };

type CodeParser = NonNullable<Parameters<typeof parseCode>[0]['codeParser']>;

/**
 * Markdown with the languages of its code blocks, each fetched when a block first names it. Put together from the
 * parser, because CodeMirror's own package brings HTML, CSS, JavaScript and completion into the first load (over 80 KB
 * compressed), whether or not a text has any.
 */
export function markdownWriting(): Extension {
  return [language, markdownKeys(), richPaste()];
}

/** The parser of the language that a code block names, or one that skips until it has been fetched. */
const codeParser: CodeParser = (info) => {
  const name = /^[^\s{]+/.exec(info)?.[0];
  if (name === undefined) return null;
  const ready = loaded.get(name);
  if (ready !== undefined) return ready;
  return ParseContext.getSkippingParser(load(name));
};

/** Parsers by the name that a block gave; null for names that nobody knows or that could not be fetched. */
const loaded = new Map<string, ReturnType<CodeParser>>();
const loading = new Map<string, Promise<unknown>>();

function load(name: string): Promise<unknown> {
  const under = loading.get(name) ?? fetchParser(name);
  loading.set(name, under);
  return under;
}

async function fetchParser(name: string): Promise<void> {
  try {
    const found = LanguageDescription.matchLanguageName(await knownLanguages(), name, true);
    loaded.set(name, found === null ? null : new GuardedParser((await found.load()).language.parser));
  } catch {
    // Offline, for one: the block stays plain until the next page.
    loaded.set(name, null);
  }
}

const data = defineLanguageFacet({ commentTokens: { block: { open: '<!--', close: '-->' } } });

/** What a text in Markdown is parsed with, code blocks included. */
export const markdownParser = parser.configure([
  GFM,
  markdownBounds,
  parseCode({ codeParser }),
  { props: [languageDataProp.add({ Document: data })] },
]);

const language = guarded(new Language(data, markdownParser, [], 'markdown'));
