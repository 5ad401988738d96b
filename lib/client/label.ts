import { cleanText } from '../ot/index.ts';

/** What the server refuses in names and titles: control characters and line ends. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** One line of clean text of at most `most` UTF-16 units, whole characters, for names and titles. */
export function toLabel(text: string, most: number): string {
  const line = cleanText(text).replace(UNPRINTABLE, ' ');
  if (line.length <= most) return line;
  const last = line.charCodeAt(most - 1);
  const splitsPair = last >= 0xd800 && last < 0xdc00;
  return line.slice(0, splitsPair ? most - 1 : most);
}
