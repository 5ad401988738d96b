/** The cookie by which a browser says that a language was chosen in it. Scripts may read it. */
export const LANGUAGE_COOKIE = 'tandem-language';
