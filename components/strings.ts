import english, { type RoomWords } from './words/compiled/en/room.js';
import { currentLanguage } from './words/current-language.ts';
import { wordsOf } from './words/words-of.ts';

/** Every word that a room says as it is opened, in the language of the page. */
export const strings = wordsOf<RoomWords>('room', english);

/** A number with separators: 12843 → "12,843". */
export function digits(n: number): string {
  return n.toLocaleString(currentLanguage());
}

/** UTF-16 units in the words people use for sizes: a room of plain letters has as many bytes. */
export function size(units: number): string {
  if (units < 10_000) return strings.size.characters(units);
  if (units < 1_000_000) return strings.size.kb(Math.floor(units / 1000));
  return strings.size.mb(Math.floor((units / 1_048_576) * 10) / 10);
}
