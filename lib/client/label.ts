import { cleanText } from '../ot/index.ts';
import { cleanLabel } from '../protocol/index.ts';

/** A name or title as the server will repeat it: one clean line of at most `most` UTF-16 units; half a pair shows as U+FFFD. */
export function toLabel(text: string, most: number): string {
  return cleanLabel(cleanText(text), most);
}
