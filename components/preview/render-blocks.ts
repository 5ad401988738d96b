import createMarkdown, { type Env, type MarkdownIt, type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { escapeHtml } from './escape-html.ts';
import { headingIds } from './heading-ids.ts';
import { linkRules } from './link-rules.ts';
import { formulaBlock, mathRules } from './math-rules.ts';
import { plainTags } from './plain-tags.ts';
import { taskRule } from './task-rule.ts';

/** One block of the text's first level, as HTML. Elements inside of it say by `data-l` which of its lines they come from. */
export interface Block {
  html: string;
  /** Lines of the text that it is made of, blank ones behind it excluded; 0 for what has no place (the footnotes). */
  lines: number;
}

export interface Rendered {
  blocks: Block[];
  /** The first line of each block, counted from 0. */
  starts: number[];
}

let markdown: MarkdownIt | null = null;

/**
 * The text as HTML, block by block. Raw HTML in it stays words, so what comes out is made of this module's own tags; it is
 * cleaned once more where it enters a page (clean-html.ts).
 */
export function renderBlocks(text: string): Rendered {
  markdown ??= make();
  const env: Env = {};
  const tokens = markdown.parse(text, env);
  const blocks: Block[] = [];
  const starts: number[] = [];
  let group: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    group.push(token);
    depth += token.nesting;
    if (depth > 0) continue;
    const [from, to] = group[0]?.map ?? [starts.at(-1) ?? 0, starts.at(-1) ?? 0];
    for (const one of group) {
      if (one.map !== null && one !== group[0] && one.nesting >= 0 && one.type !== 'inline') {
        one.attrSet('data-l', String(one.map[0] - from));
      }
    }
    const html = markdown.renderer.render(group, markdown.options, env);
    if (html !== '') {
      blocks.push({ html, lines: to - from });
      starts.push(from);
    }
    group = [];
  }
  return { blocks, starts };
}

function make(): MarkdownIt {
  const made = createMarkdown({ html: false, linkify: true, typographer: false });
  made.use(footnotes).use(mathRules).use(taskRule).use(plainTags).use(linkRules).use(headingIds);
  made.renderer.rules.fence = (tokens, index) => {
    const token = tokens[index];
    const name = /^[^\s{]+/.exec(token?.info ?? '')?.[0] ?? '';
    return codeBlock(token?.content ?? '', name, token?.attrGet('data-l') ?? null);
  };
  made.renderer.rules.code_block = (tokens, index) =>
    codeBlock(tokens[index]?.content ?? '', '', tokens[index]?.attrGet('data-l') ?? null);
  return made;
}

/** A block of code, a diagram or a formula, by the name behind its fence. */
function codeBlock(code: string, name: string, line: string | number | null): string {
  if (name === 'math') return formulaBlock(code);
  const place = line === null ? '' : ` data-l="${line}"`;
  const kind = name === 'mermaid' ? ' class="diagram"' : '';
  const language = name === '' ? '' : ` data-language="${escapeHtml(name)}"`;
  return `<pre${kind}${place}${language} tabindex="0"><code>${escapeHtml(code)}</code></pre>\n`;
}
