/** What a room is written in until somebody says otherwise. */
export const DEFAULT_LANGUAGE = 'Markdown';
export const PLAIN_TEXT = 'Plain text';

/** Extensions that language-data does not know, or that prose uses. */
const PROSE = /\.(txt|text|log|me)$/i;
const MARKDOWN = /\.(md|mdx|markdown|mkd)$/i;

/** As much of a language description as guessing needs; `@codemirror/language-data` has more. */
export interface NamedLanguage {
  readonly name: string;
  readonly alias: readonly string[];
  readonly extensions: readonly string[];
  readonly filename?: RegExp | undefined;
}

/** Does the title look like a file's name, so that its ending may say which language this is? */
export function hasEnding(title: string): boolean {
  return (
    /^[^\s/\\]+\.[A-Za-z0-9][A-Za-z0-9+#_]{0,11}$/.test(title.trim()) ||
    /^(Dockerfile|Makefile|Jenkinsfile)$/.test(title.trim())
  );
}

/** The language that a title such as `notes.py` names, or null. */
export function languageOfTitle(title: string, known: readonly NamedLanguage[]): string | null {
  const name = title.trim();
  if (!hasEnding(name)) return null;
  if (MARKDOWN.test(name)) return DEFAULT_LANGUAGE;
  if (PROSE.test(name)) return PLAIN_TEXT;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  for (const language of known) if (language.filename?.test(name) === true) return language.name;
  for (const language of known)
    if (language.extensions.some((one) => one.toLowerCase() === ending)) return language.name;
  return null;
}

/** Is this text for reading, in the text face, or code, in the mono face? */
export function isProse(language: string): boolean {
  return language === DEFAULT_LANGUAGE || language === PLAIN_TEXT;
}

/** Markdown, which also is what a text is whose language nobody has named. */
export function isMarkdown(language: string): boolean {
  return language === DEFAULT_LANGUAGE || language === '';
}
