import { cleanLabel } from './label.ts';

/** Stands for a text of which nothing would be left: something was said. */
const NOTHING_TO_SEE = '\ufffd';

/**
 * `text` as it may stand in chat or in a comment: each line as `cleanLabel` leaves it, no more than one empty line in a
 * row, none at either end, at most `most` UTF-16 units. Never empty. Idempotent.
 */
export function cleanNote(text: string, most: number): string {
  let note = '';
  let gap = '';
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const clean = cleanLabel(line, most - note.length - gap.length);
    if (clean !== '') {
      note += gap + clean;
      gap = '\n';
    } else if (gap === '\n') gap = '\n\n';
    if (note.length + gap.length >= most) break;
  }
  return note || NOTHING_TO_SEE;
}
