import type { Element, ElementContent, Node } from './html-tree.ts';

/** Word writes the items of a list as paragraphs with a level and a mark in front; they become the list that they look like. */
export function buildWordLists(nodes: Node[]): Node[] {
  const built: Node[] = [];
  let open: { list: Element; level: number; name: unknown }[] = [];
  for (const node of nodes) {
    const level = levelOf(node);
    if (node.type === 'element' && level !== null) {
      while ((open.at(-1)?.level ?? 0) > level) open.pop();
      const name = node.properties['dataList'];
      if (open.at(-1)?.level === level && open.at(-1)?.name !== name) open.pop();
      let top = open.at(-1);
      if (top === undefined || top.level < level) {
        const list: Element = {
          type: 'element',
          tagName: isNumber(markOf(node)) ? 'ol' : 'ul',
          properties: {},
          children: [],
        };
        const parent = top?.list.children.at(-1);
        if (parent?.type === 'element') parent.children.push(list);
        else built.push(list);
        top = { list, level, name };
        open.push(top);
      }
      top.list.children.push({ type: 'element', tagName: 'li', properties: {}, children: withoutMark(node.children) });
      continue;
    }
    if (node.type === 'text' && node.value.trim() === '') {
      if (open.length === 0) built.push(node);
      continue;
    }
    open = [];
    built.push(
      node.type === 'element'
        ? {
            ...node,
            children: buildWordLists(node.children).filter(
              (child): child is ElementContent => child.type !== 'doctype',
            ),
          }
        : node,
    );
  }
  return built;
}

function levelOf(node: Node): number | null {
  const level = node.type === 'element' ? node.properties['dataLevel'] : undefined;
  return typeof level === 'number' ? level : null;
}

function markOf(node: Node): string {
  if (node.type !== 'element') return '';
  const own = node.properties['dataMark'];
  return typeof own === 'string' ? own : node.children.map(markOf).join('');
}

function isNumber(mark: string): boolean {
  return /^\s*(\d+|[a-z]|[ivxlc]+)[.)]/i.test(mark);
}

function withoutMark(children: readonly ElementContent[]): ElementContent[] {
  return children
    .filter((child) => child.type !== 'element' || child.properties['dataMark'] === undefined)
    .map((child) => (child.type === 'element' ? { ...child, children: withoutMark(child.children) } : child));
}
