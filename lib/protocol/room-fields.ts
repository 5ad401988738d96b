import { label, optional, type Fields } from './fields.ts';
import { MAX_LANGUAGE, MAX_TITLE } from './limits.ts';

/** What a `room` message may carry, either way. */
export function roomFields(from: Fields): { title?: string; language?: string } {
  const title = optional(from, 'title', (f, k) => label(f, k, MAX_TITLE));
  const language = optional(from, 'language', (f, k) => label(f, k, MAX_LANGUAGE));
  return { ...(title !== undefined && { title }), ...(language !== undefined && { language }) };
}
