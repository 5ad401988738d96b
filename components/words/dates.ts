import { currentLanguage } from './current-language.ts';

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A moment in the page's language and in this machine's time zone. Unix milliseconds. */
export function dateWords(at: number | Date, options: Intl.DateTimeFormatOptions): string {
  const language = currentLanguage();
  const key = `${language} ${JSON.stringify(options)}`;
  // English words, in the order that most of the world writes dates in, and 24 hours.
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
  dateFormats.set(key, format);
  return format.format(at);
}

/** "16:48". */
export function timeWords(at: number): string {
  return dateWords(at, { hour: '2-digit', minute: '2-digit' });
}

/** "3 December", with the year if it is not that of `now`. */
export function dayWords(at: number, now: number, month: 'short' | 'long' = 'long'): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return dateWords(at, { day: 'numeric', month, ...(sameYear ? {} : { year: 'numeric' }) });
}
