/** The cookie by which a browser says that a language was chosen in it. Scripts may read it. */
export const LANGUAGE_COOKIE = 'tandem-language';

/** The code of the language that was chosen, out of a browser's cookies; empty if none was. */
export function languageIn(cookies: string): string {
  for (const one of cookies.split(';')) {
    const [name = '', value = ''] = one.split('=');
    if (name.trim() === LANGUAGE_COOKIE) return value.trim();
  }
  return '';
}
