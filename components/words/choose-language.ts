import { LANGUAGES } from './compiled/languages.ts';
import { languageIn } from './language-cookie.ts';

export type Language = (typeof LANGUAGES)[number];

/** What a request says of the language its sender would like. */
export interface Wishes {
  /** The header of that name; empty for none. */
  cookie: string;
  acceptLanguage: string;
}

const ENGLISH = languageOf('en') ?? LANGUAGES[0];

/** The language to answer in: the one that was chosen in this browser, or the first that the browser asks for, or English. */
export function chooseLanguage({ cookie, acceptLanguage }: Wishes): Language {
  return languageOf(languageIn(cookie)) ?? wantedLanguage(acceptLanguage) ?? ENGLISH;
}

/** By RFC 9110, 12.5.4, and RFC 4647, 3.4: the highest weight first, and `de-AT` is content with `de`. */
function wantedLanguage(header: string): Language | null {
  const wanted = header
    .split(',')
    .map((one) => {
      const [tag = '', ...parameters] = one.split(';').map((part) => part.trim());
      const weight = parameters.find((part) => part.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return { tag: tag.toLowerCase(), quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter(({ quality }) => quality > 0)
    // Stable: what stands first wins among equals.
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    for (let rest = tag; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')))) {
      const found = languageOf(rest);
      if (found !== null) return found;
    }
  }
  return null;
}

function languageOf(code: string): Language | null {
  return LANGUAGES.find((one) => one.code.toLowerCase() === code.toLowerCase()) ?? null;
}
