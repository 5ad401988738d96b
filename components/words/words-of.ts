import {
  LocalizedStringFormatter,
  type LocalizedString,
  type LocalizedStringDictionary,
} from '@internationalized/string';
import { currentLanguage } from './current-language.ts';

/** A namespace of compiled messages: what `npm run words` makes of a JSON file. */
export interface Catalogue {
  readonly [key: string]: LocalizedString | Catalogue;
}

/** Catalogues of languages other than English, by language and namespace: a page loads its own, the server has all. */
type Catalogues = Readonly<Record<string, Readonly<Record<string, Catalogue>>>>;

/** Our messages are handed to the formatter by themselves: it never looks anything up. */
const NO_MESSAGES = {} as LocalizedStringDictionary;

/**
 * Browsers take 30 ms to make their first formatter of numbers, more than anything else of a page's first drawing. A small
 * count in English needs none.
 */
class Formatter extends LocalizedStringFormatter {
  readonly #english: boolean;

  constructor(language: string) {
    super(language, NO_MESSAGES);
    this.#english = language === 'en';
  }

  protected override number(value: number): string {
    return this.#english && Number.isInteger(value) && value >= 0 && value < 1_000
      ? value.toString()
      : super.number(value);
  }
}

const CATALOGUES = Symbol.for('tandem.words');

/** What a message becomes: itself, or a function of its values in the order of its parameters. */
type Words = string | ((...values: (string | number)[]) => string) | { [key: string]: Words };

/**
 * The words of a namespace in the language of the page. `english` rides in the bundle; another language's messages are taken
 * from what the page, or the server, has loaded. In the browser they are made once, for the language of a page never changes.
 * The server draws pages for many at once, so there every single look is for whoever is being answered.
 */
export function wordsOf<Spoken>(namespace: string, english: Catalogue): Spoken {
  if (typeof window !== 'undefined') return wordsIn(currentLanguage(), namespace, english) as Spoken;
  const made = new Map<string, Words>();
  const read = (): Words => {
    const language = currentLanguage();
    const words = made.get(language) ?? wordsIn(language, namespace, english);
    made.set(language, words);
    return words;
  };
  return lookedUp(english, read) as Spoken;
}

function wordsIn(language: string, namespace: string, english: Catalogue): Words {
  const catalogues = (globalThis as { [CATALOGUES]?: Catalogues })[CATALOGUES];
  const own = catalogues?.[language]?.[namespace];
  // A page whose script could not be fetched still speaks, in English and by its rules.
  return speak(own ?? english, new Formatter(own ? language : 'en'));
}

function speak(message: LocalizedString | Catalogue, formatter: Formatter): Words {
  if (typeof message === 'string') return message;
  if (typeof message === 'function') return (a = '', b = '', c = '', d = '') => message({ a, b, c, d }, formatter);
  return Object.fromEntries(Object.entries(message).map(([key, one]) => [key, speak(one, formatter)]));
}

/** An object of the same shape whose every word is read when it is looked at. */
function lookedUp(english: Catalogue, read: () => Words): Words {
  const shape = {};
  for (const [key, message] of Object.entries(english)) {
    const own = () => (read() as Record<string, Words>)[key] ?? '';
    const group = typeof message === 'object' ? lookedUp(message, own) : null;
    Object.defineProperty(shape, key, { enumerable: true, get: () => group ?? own() });
  }
  return shape;
}
