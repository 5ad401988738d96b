import { lineKind, type Fence } from '../editor/markdown-lines.ts';

/** A heading of a Markdown text. */
export interface Heading {
  /** Where its line begins, in UTF-16 units. */
  from: number;
  /** From 1. */
  line: number;
  /** 1–6: how many hashes. */
  level: number;
  /** Its words without marks; empty if it has none. */
  words: string;
}

/** The headings in the order of the text, those in fenced code left out. `lines`: all lines, without their ends. O(length). */
export function headingsOf(lines: Iterable<string>): Heading[] {
  const headings: Heading[] = [];
  let fence: Fence = null;
  let from = 0;
  let number = 0;
  for (const text of lines) {
    number += 1;
    // Only these can begin a heading, or begin or end a fence: most lines are not looked at further.
    if (/^ {0,3}[#`~]/.test(text)) {
      const read = lineKind(text, fence);
      fence = read.fence;
      if (read.line.kind === 'heading') {
        const { level, mark } = read.line;
        headings.push({ from, line: number, level, words: plainWords(text.slice(mark)) });
      }
    }
    from += text.length + 1;
  }
  return headings;
}

/** What is read of a line of Markdown: links by their words, without signs of emphasis and closing hashes. */
function plainWords(markdown: string): string {
  return markdown
    .slice(0, MOST)
    .replace(/(^|[ \t])#+[ \t]*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[^\p{L}\p{N}\\])[*_](?=\S)(.+?)[*_](?![\p{L}\p{N}])/gu, '$1$2')
    .trim();
}

/** Nobody reads more of a heading in a list. */
const MOST = 300;
