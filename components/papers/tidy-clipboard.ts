import type { Element, ElementContent, Node, Root } from './html-tree.ts';
import { buildWordLists } from './word-lists.ts';

/** What has no words for a reader. */
const SILENT = new Set(
  'script style meta link head title template noscript iframe object embed svg math canvas audio video map select button textarea dialog base'.split(
    ' ',
  ),
);
const MONO = /font-family:[^;]*(monospace|consolas|courier|menlo|monaco|mono\b)/i;
const SAFE_LINK = /^(https?:|mailto:)/i;

/**
 * Makes of what Word, Google Docs, spreadsheets and web pages put on a clipboard the HTML that they meant: looks become
 * elements, lists that are none become lists, and what could run, load or track is gone.
 */
export function tidyClipboard(root: Root): Root {
  return {
    type: 'root',
    children: buildWordLists(root.children.flatMap((node) => tidy(node, { heading: false, pre: false, cell: false }))),
  };
}

interface Around {
  heading: boolean;
  pre: boolean;
  cell: boolean;
}

function tidy(node: Node, around: Around): Node[] {
  if (node.type === 'text') {
    const value = around.pre ? node.value : node.value.replaceAll('\u00a0', ' ');
    return [{ type: 'text', value }];
  }
  if (node.type !== 'element') return [];
  const style = String(node.properties['style'] ?? '');
  if (SILENT.has(node.tagName) || /display:\s*none|mso-hide:\s*all/i.test(style)) return [];
  // Word's own mark of a list item: word-lists.ts reads it.
  if (/mso-list:\s*ignore/i.test(style)) return [{ ...node, children: [], properties: { dataMark: wordsOf(node) } }];
  const inside = {
    heading: around.heading || /^h[1-6]$/.test(node.tagName),
    pre: around.pre || node.tagName === 'pre',
    cell: around.cell || node.tagName === 'td' || node.tagName === 'th',
  };
  const children = node.children.flatMap((child) => tidy(child, inside)).filter(isContent);
  return tidyElement({ ...node, children }, style, around);
}

function tidyElement(node: Element, style: string, around: Around): Node[] {
  const { tagName, children } = node;
  switch (tagName) {
    case 'span':
    case 'font':
      return looksOf(children, style, around);
    case 'b':
    case 'strong':
      // Google Docs wraps everything in a `<b>` that is not bold.
      return /font-weight:\s*(normal|[1-5]00)/i.test(style) || around.heading
        ? looksOf(children, style, around)
        : filled(node);
    case 'i':
    case 'em':
      return /font-style:\s*normal/i.test(style) ? children : filled(node);
    case 'a':
      return SAFE_LINK.test(String(node.properties['href'] ?? '')) && wordsOf(node).trim() !== ''
        ? [{ ...node, properties: { href: String(node.properties['href']) } }]
        : children;
    case 'img':
      return picture(node);
    case 'br':
      return around.cell ? [{ type: 'text', value: ' ' }] : [node];
    case 'ul':
    case 'ol':
      return [{ ...node, children: withNested(children) }];
    case 'li':
      return [checked(node)];
    case 'table':
      return [withHead(node)];
    case 'p':
    case 'div':
      return buildable(node, style);
    default:
      return [node];
  }
}

/** A run of text that only looks strong, slanted, struck or like code becomes so. Blanks at its ends stay outside. */
function looksOf(children: ElementContent[], style: string, around: Around): ElementContent[] {
  const names: string[] = [];
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style) && !around.heading) names.push('strong');
  if (/font-style:\s*italic/i.test(style)) names.push('em');
  if (/text-decoration[^;]*:\s*[^;]*line-through/i.test(style)) names.push('del');
  if (MONO.test(style) && !around.pre && !around.heading && children.every(({ type }) => type === 'text'))
    names.push('code');
  if (names.length === 0 || children.every((child) => wordsOf(child).trim() === '')) return children;
  const [before, inner, behind] = trimmed(children);
  const look = names.reduceRight<ElementContent[]>(
    (inside, tagName) => [{ type: 'element', tagName, properties: {}, children: inside }],
    inner,
  );
  return [...before, ...look, ...behind];
}

/** Blanks at both ends of a run; Markdown's marks have to touch the words. */
function trimmed(children: ElementContent[]): [ElementContent[], ElementContent[], ElementContent[]] {
  const only = children.length === 1 ? children[0] : undefined;
  const parts = only?.type === 'text' ? /^(\s*)([^]*?)(\s*)$/.exec(only.value) : null;
  if (parts === null) return [[], children, []];
  const texts = parts.slice(1).map((value): ElementContent[] => (value === '' ? [] : [{ type: 'text', value }]));
  return [texts[0] ?? [], texts[1] ?? [], texts[2] ?? []];
}

/** Paragraphs keep what word-lists.ts has to know. */
function buildable(node: Element, style: string): Node[] {
  const [, list = '', level] = /mso-list:\s*l(\d+)\s+level(\d)/i.exec(style) ?? [];
  if (level === undefined) return [node];
  return [{ ...node, properties: { ...node.properties, dataLevel: Number(level), dataList: list } }];
}

/** Lists that stand between the items of a list belong to the item before. */
function withNested(children: ElementContent[]): ElementContent[] {
  const items: ElementContent[] = [];
  for (const child of children) {
    const last = items.findLast((item) => item.type === 'element');
    const isList = child.type === 'element' && (child.tagName === 'ul' || child.tagName === 'ol');
    if (isList && last?.type === 'element' && last.tagName === 'li') last.children.push(child);
    else items.push(child);
  }
  return items;
}

/** Markdown's tables have a head: the first row, where the source says nothing else. */
function withHead(table: Element): Element {
  const rows = rowsOf(table);
  if (!rows.some((row) => row.children.some((cell) => isElement(cell, 'th')))) {
    for (const cell of rows[0]?.children ?? []) if (isElement(cell, 'td')) cell.tagName = 'th';
  }
  return table;
}

function rowsOf(element: Element): Element[] {
  return element.children.flatMap((child) => {
    if (child.type !== 'element' || child.tagName === 'table') return [];
    return child.tagName === 'tr' ? [child] : rowsOf(child);
  });
}

function isElement(node: ElementContent, tagName: string): node is Element {
  return node.type === 'element' && node.tagName === tagName;
}

/** The check lists of Google Docs say so in a role. */
function checked(node: Element): Element {
  if (node.properties['role'] !== 'checkbox') return node;
  const box: Element = {
    type: 'element',
    tagName: 'input',
    properties: { type: 'checkbox', checked: String(node.properties['ariaChecked']) === 'true' },
    children: [],
  };
  const [first, ...rest] = node.children;
  if (first?.type !== 'element' || first.tagName !== 'p') return { ...node, children: [box, ...node.children] };
  return { ...node, children: [{ ...first, children: [box, ...first.children] }, ...rest] };
}

/** Only pictures with an address of their own are named; the text would swell by the others, or be followed by them. */
function picture(node: Element): Node[] {
  const source = String(node.properties['src'] ?? '');
  const alt = String(node.properties['alt'] ?? '').trim();
  const tiny = [node.properties['width'], node.properties['height']].some(
    (size) => size !== undefined && Number(size) <= 2,
  );
  if (/^https?:/i.test(source) && !tiny) return [{ ...node, properties: { src: source, alt } }];
  return alt === '' ? [] : [{ type: 'text', value: alt }];
}

function filled(node: Element): ElementContent[] {
  return wordsOf(node).trim() === '' ? node.children : [node];
}

export function wordsOf(node: Node): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

function isContent(node: Node): node is ElementContent {
  return node.type !== 'doctype';
}
