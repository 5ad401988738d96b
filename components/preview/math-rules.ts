import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { escapeHtml } from './escape-html.ts';

/** A formula between two dollars is looked for this far, in UTF-16 units: text full of dollars must not take for ever. */
const MOST_INLINE = 1_000;

/**
 * Formulas in TeX, as Pandoc and GitHub read them: `$a$` in a line, `$$a$$` in a line or over several, and code blocks
 * named `math`. They become elements with the source inside, which dress-formulas.ts draws.
 */
export function mathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.after('escape', 'math', inlineMath);
  markdown.block.ruler.after('fence', 'math', blockMath, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  markdown.renderer.rules['math'] = (tokens, index) => {
    const token = tokens[index];
    const display = token?.markup === '$$';
    return `<span class="formula" data-display="${display}">${escapeHtml(token?.content ?? '')}</span>`;
  };
  markdown.renderer.rules['math_block'] = (tokens, index) => formulaBlock(tokens[index]?.content ?? '');
}

/** A formula with a place of its own. */
export function formulaBlock(source: string): string {
  return `<div class="formula" data-display="true">${escapeHtml(source.trim())}</div>\n`;
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  if (src[pos] !== '$') return false;
  const markup = src[pos + 1] === '$' ? '$$' : '$';
  const from = pos + markup.length;
  const to = closingAt(src, from, markup, Math.min(state.posMax, from + MOST_INLINE));
  if (to === null) return false;
  if (!silent) {
    const token = state.push('math', 'span', 0);
    token.markup = markup;
    token.content = src.slice(from, to).trim();
  }
  state.pos = to + markup.length;
  return true;
}

/** Where the formula that begins at `from` ends; null if it is none. "$5 and $6" is about money. */
function closingAt(text: string, from: number, markup: string, most: number): number | null {
  if (markup === '$' && /^\s?$/.test(text[from] ?? '')) return null;
  for (let at = from; ; at += 1) {
    at = text.indexOf(markup, at);
    if (at < 0 || at + markup.length > most) return null;
    if (text[at - 1] === '\\') continue;
    if (text.slice(from, at).trim() === '') return null;
    if (markup === '$$') return at;
    if (!/\s/.test(text[at - 1] ?? ' ') && !/\d/.test(text[at + 1] ?? '')) return at;
  }
}

function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const line = (at: number) => state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]);
  const first = line(startLine).trimEnd();
  if (!first.startsWith('$$') || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const alone = first.length > 4 && first.endsWith('$$');
  // `$$a$$ and more` is a paragraph.
  if (!alone && first.indexOf('$$', 2) >= 0) return false;
  let last = startLine;
  const rows = [alone ? first.slice(2, -2) : first.slice(2)];
  while (!alone) {
    last += 1;
    if (last >= endLine || (state.sCount[last] ?? 0) < state.blkIndent) return false;
    const row = line(last).trimEnd();
    if (row === '') return false;
    if (row.endsWith('$$')) {
      rows.push(row.slice(0, -2));
      break;
    }
    rows.push(row);
  }
  if (silent) return true;
  state.line = last + 1;
  const token = state.push('math_block', 'div', 0);
  token.block = true;
  token.content = rows.join('\n');
  token.map = [startLine, state.line];
  return true;
}
