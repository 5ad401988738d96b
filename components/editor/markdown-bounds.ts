import type { MarkdownConfig } from '@lezer/markdown';

/**
 * Composite blocks (quotes, lists, items) around one line. Nobody nests as deep, and the parser, the highlighter and
 * whatever else walks the tree call themselves once for each: 20,000 quote marks in one line make 20,000 levels.
 */
const MOST_BLOCKS = 100;
/** The longest line that is read at all, in UTF-16 units: a row of a table with 1,000,000 took 2 s, in one go. */
const MOST_LINE = 20_000;
/**
 * A paragraph ends after as many units, at the next line: it is parsed in one go and again with every letter, and text
 * without a blank line would be one. 1 MB took 0.9 s; a mark that spans the seam is not seen.
 */
const MOST_PARAGRAPH = 10_000;
/** Brackets that open in one paragraph; the time grows with their square. 20,000 times `[a](` took 25 s, 500 take 25 ms. */
const MOST_BRACKETS = 500;
/** Other signs that may begin something, the same: 20,000 times `a<!--` took 6 s, 2,000 take 60 ms. */
const MOST_SIGNS = 2_000;

/** Markdown that nobody writes stays words without a look, so that it cannot stop the page: what is too deep, long or full of signs. */
export const markdownBounds: MarkdownConfig = {
  parseBlock: [
    {
      name: 'TooDeep',
      before: 'IndentedCode',
      parse(context, line) {
        if (context.depth <= MOST_BLOCKS && line.text.length <= MOST_LINE) return false;
        const end = context.lineStart + line.text.length;
        context.addElement(context.elt('Paragraph', context.lineStart + line.pos, end));
        context.nextLine();
        return true;
      },
      endLeaf: (_context, line, leaf) => leaf.content.length > MOST_PARAGRAPH || line.text.length > MOST_LINE,
      // Lines that are indented go on with a paragraph without `endLeaf` being asked.
      leaf: () => ({
        nextLine(context, line, leaf) {
          if (leaf.content.length <= 2 * MOST_PARAGRAPH && line.text.length <= MOST_LINE) return false;
          const end = context.lineStart + line.text.length;
          context.addLeafElement(leaf, context.elt('Paragraph', leaf.start, end));
          context.nextLine();
          return true;
        },
        finish: () => false,
      }),
    },
  ],
  parseInline: [
    {
      name: 'TooMuch',
      before: 'Escape',
      // Asked at every position; what it answers at the first decides on all of them.
      parse: (context, _next, at) => (at === context.offset && isTooMuch(context.text) ? context.end : -1),
    },
  ],
};

function isTooMuch(text: string): boolean {
  let brackets = 0;
  let signs = 0;
  for (const [sign] of text.matchAll(/[[*_~`<&]/g)) {
    if (sign === '[') brackets++;
    else signs++;
    if (brackets > MOST_BRACKETS || signs > MOST_SIGNS) return true;
  }
  return false;
}
