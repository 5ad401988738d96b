import './compiled/catalogues.ts';
import { chooseLanguage, type Language, type Wishes } from './choose-language.ts';
import { ASKED } from './current-language.ts';

/** Says who is being answered; `server/http/visitor.ts` puts it there. */
const VISITOR = Symbol.for('tandem.visitor');

/** The language of the page that is being drawn. */
export function askedLanguage(): Language {
  const visitor = (globalThis as { [VISITOR]?: () => Wishes | undefined })[VISITOR]?.();
  return chooseLanguage(visitor ?? { cookie: '', acceptLanguage: '' });
}

/** For the server alone, whose pages ask by `currentLanguage`. With it come the catalogues of all languages. */
(globalThis as { [ASKED]?: () => string })[ASKED] = () => askedLanguage().code;
