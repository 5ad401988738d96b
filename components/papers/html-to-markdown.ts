import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { tidyClipboard } from './tidy-clipboard.ts';

export interface FromHtml {
  markdown: string;
  /** Nothing but words and lines: who has them as plain text too should take that. */
  plain: boolean;
}

type Nodes = ReturnType<typeof toMdast>;

/** What Markdown has no sign for, or what is words anyway. */
const PLAIN = new Set(['root', 'paragraph', 'text', 'break']);

/** Elements inside of each other; what reads them calls itself for each, and takes the square of the time. */
const MOST_LEVELS = 200;
/** Those end by themselves, or have no end. */
const NO_LEVEL =
  /^(p|li|td|th|tr|tbody|thead|tfoot|dt|dd|col|colgroup|html|head|body|br|hr|img|input|meta|link|wbr|area|base|source|track|embed|param|option)$/;

/**
 * HTML as Markdown. It is read as a tree of words and never as a page: nothing in it runs or is fetched. Throws a RangeError if it
 * is nested so deeply that nobody can have written it.
 */
export function htmlToMarkdown(html: string): FromHtml {
  if (levelsIn(html) > MOST_LEVELS) throw new RangeError('The HTML is nested too deeply.');
  const tree = toMdast(tidyClipboard(fromHtml(html)));
  const kinds = new Set<string>();
  tighten(tree, kinds);
  const markdown = toMarkdown(tree, {
    bullet: '-',
    rule: '-',
    emphasis: '*',
    listItemIndent: 'one',
    extensions: [gfmToMarkdown()],
  });
  return { markdown: markdown.trim(), plain: [...kinds].every((kind) => PLAIN.has(kind)) };
}

/** Items of one paragraph each stand line under line, however the source spaced them. */
function tighten(node: Nodes, kinds: Set<string>): void {
  kinds.add(node.type);
  if (node.type === 'list') node.spread = false;
  if (node.type === 'listItem') node.spread = node.children.filter(({ type }) => type === 'paragraph').length > 1;
  if ('children' in node) for (const child of node.children) tighten(child, kinds);
}

function levelsIn(html: string): number {
  let [levels, most] = [0, 0];
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][^\s>/]*)/gi)) {
    if (NO_LEVEL.test(name.toLowerCase())) continue;
    levels = Math.max(0, levels + (end === '/' ? -1 : 1));
    most = Math.max(most, levels);
  }
  return most;
}
