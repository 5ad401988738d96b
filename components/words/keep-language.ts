import { withBase } from '../ui/base-path.ts';
import { LANGUAGE_COOKIE, languageIn } from './language-cookie.ts';

/** As long as browsers of some makers keep any cookie: a year, in seconds. */
const MAX_AGE_S = 365 * 24 * 60 * 60;

/** Remembers the language in this browser; an empty code forgets it. False: the browser keeps no cookies. */
export function keepLanguage(code: string): boolean {
  const age = code === '' ? 0 : MAX_AGE_S;
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${LANGUAGE_COOKIE}=${code}; Path=${withBase('/')}; Max-Age=${age}; SameSite=Lax${secure}`;
  return languageIn(document.cookie) === code;
}
