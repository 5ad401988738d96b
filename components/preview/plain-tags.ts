import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Tags that Markdown has no sign for, without attributes. All other HTML stands in the preview as it was written. */
const TAG = /<(\/?(?:b|i|u|s|em|strong|kbd|sub|sup|mark|ins|del|small|var|samp|q|cite)|br ?\/?)>/iy;
const COMMENT = /<!--[^]*?-->/y;
/** A comment is looked for this far, in UTF-16 units. */
const MOST_COMMENT = 10_000;

/** Reads a handful of harmless HTML tags, and leaves out comments. */
export function plainTags(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('html_inline', 'plain_tags', inlineTag);
  markdown.block.ruler.before('paragraph', 'comment', blockComment, { alt: ['paragraph'] });
  markdown.renderer.rules['plain_tag'] = (tokens, index) => tokens[index]?.content ?? '';
  markdown.renderer.rules['comment'] = () => '';
}

function inlineTag(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  const tag = matchAt(TAG, state.src, state.pos);
  const comment = tag === null ? commentAt(state.src, state.pos) : null;
  const found = tag ?? comment;
  if (found === null) return false;
  if (!silent && tag !== null) state.push('plain_tag', '', 0).content = tag.toLowerCase();
  state.pos += found.length;
  return true;
}

function blockComment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const from = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const comment = commentAt(state.src, from);
  if (comment === null) return false;
  let last = startLine;
  while (last < endLine && (state.eMarks[last] ?? 0) < from + comment.length) last += 1;
  // Words behind a comment are a paragraph, which leaves the comment out by itself.
  if (last >= endLine || state.src.slice(from + comment.length, state.eMarks[last]).trim() !== '') return false;
  if (silent) return true;
  state.line = last + 1;
  state.push('comment', '', 0).map = [startLine, state.line];
  return true;
}

function commentAt(text: string, at: number): string | null {
  return text.startsWith('<!--', at) ? matchAt(COMMENT, text.slice(at, at + MOST_COMMENT), 0) : null;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
