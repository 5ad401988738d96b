import type { MarkdownIt, Token } from 'markdown-it';

/** Gives headings the ids that GitHub gives them: `## Before Thursday` is `#before-thursday`, the next one `-1`. */
export function headingIds(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'heading_ids', ({ tokens }) => {
    const taken = new Map<string, number>();
    tokens.forEach((token, index) => {
      if (token.type !== 'heading_open') return;
      const slug = slugOf(wordsOf(tokens[index + 1]));
      if (slug === '') return;
      const before = taken.get(slug) ?? 0;
      taken.set(slug, before + 1);
      token.attrSet('id', before === 0 ? slug : `${slug}-${before}`);
    });
  });
}

function wordsOf(token: Token | undefined): string {
  return (token?.children ?? []).map(({ type, content }) => (type === 'plain_tag' ? '' : content)).join('');
}

export function slugOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
    .slice(0, 100);
}
