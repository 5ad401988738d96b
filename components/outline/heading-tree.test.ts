import { expect, it } from 'vitest';
import { flat, headingTree, type HeadingNode } from './heading-tree.ts';
import { headingsOf } from './headings.ts';

const tree = (...lines: string[]) => headingTree(headingsOf(lines));
const shape = (nodes: readonly HeadingNode[]): unknown[] =>
  nodes.map(({ heading, children }) => (children.length === 0 ? heading.words : [heading.words, shape(children)]));

it('nests by level, over levels that are left out', () => {
  expect(shape(tree('# a', '## b', '#### c', '### d', '## e', '# f'))).toEqual([['a', [['b', ['c', 'd']], 'e']], 'f']);
  expect(shape(tree('### a', '# b', '## c'))).toEqual(['a', ['b', ['c']]]);
});

it('headings with the same words are told apart, and stay who they are', () => {
  expect(flat(tree('# a', '# a', '## b')).map(({ id }) => id)).toEqual(['0 a', '1 a', '0 b']);
  expect(flat(tree('# new', '# a', '## b')).map(({ id }) => id)).toEqual(['0 new', '0 a', '0 b']);
});
