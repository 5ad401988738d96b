import { prose } from './prose.ts';

/** Beginning of each line that a typist writes at; nothing else in the text begins so. */
export const LINE_OF = 'Typist ';

/**
 * A text of about `units` with an empty first line for the person at the page, and one line for each typist: `near` of them right
 * below, where the page shows them, the rest spread over the text. The line of typist n begins with `LINE_OF`, n and a colon.
 */
export function textForTypists(units: number, typists: number, near: number): string {
  const line = (typist: number) => `${LINE_OF}${typist}: words\n\n`;
  const nearLines = Array.from({ length: Math.min(near, typists) }, (_, typist) => line(typist)).join('');
  const far = Math.max(0, typists - near);
  const each = units / (far + 1);
  const parts = Array.from({ length: far }, (_, index) => prose(each, index + 1) + line(near + index));
  return `\n\n${nearLines}${parts.join('')}${prose(each, far + 1)}`;
}
