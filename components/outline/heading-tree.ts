import type { Heading } from './headings.ts';

/** A heading with what stands under it. */
export interface HeadingNode {
  /** Its words, and which one of those with the same words it is: it stays what it is while the text around it changes. */
  id: string;
  heading: Heading;
  children: HeadingNode[];
}

/** Nests headings: each stands under the last one before it with fewer hashes. O(n). */
export function headingTree(headings: readonly Heading[]): HeadingNode[] {
  const top: HeadingNode[] = [];
  const open: HeadingNode[] = [];
  const seen = new Map<string, number>();
  for (const heading of headings) {
    const nth = seen.get(heading.words) ?? 0;
    seen.set(heading.words, nth + 1);
    const node = { id: `${nth} ${heading.words}`, heading, children: [] };
    while ((open.at(-1)?.heading.level ?? 0) >= heading.level) open.pop();
    (open.at(-1)?.children ?? top).push(node);
    open.push(node);
  }
  return top;
}

/** All nodes in the order of the text. */
export function flat(nodes: readonly HeadingNode[]): HeadingNode[] {
  return nodes.flatMap((node) => [node, ...flat(node.children)]);
}
