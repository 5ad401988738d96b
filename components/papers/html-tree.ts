import type { fromHtml } from 'hast-util-from-html';

/** HTML as a tree (https://github.com/syntax-tree/hast). */
export type Root = ReturnType<typeof fromHtml>;
export type Node = Root['children'][number];
export type Element = Extract<Node, { type: 'element' }>;
export type ElementContent = Element['children'][number];
