import { classHighlighter, highlightTree } from '@lezer/highlight';
import type { Tree } from '@lezer/common';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../lib/testing/index.ts';
import { levelsOf } from './guarded-parser.ts';
import { markdownParser } from './markdown-writing.ts';

/** How deep the deepest of these may be: 100 blocks, and what balancing long lists of children adds. */
const LEVELS = 300;

function nodesOf(tree: Tree): Set<string> {
  const names = new Set<string>();
  tree.iterate({ enter: ({ name }) => void names.add(name) });
  return names;
}

describe('Markdown within bounds', () => {
  it('keeps its look', () => {
    const text = ['> - [a](b) *c* `d` <e@f.g> ~~h~~', '', '| a | b |', '|---|---|', '| c | d |'].join('\n');
    const names = ['Blockquote', 'ListItem', 'Link', 'Emphasis', 'InlineCode', 'Autolink', 'Strikethrough', 'TableRow'];
    for (const name of names) expect(nodesOf(markdownParser.parse(text)), name).toContain(name);
  });

  it('reads on in a paragraph that has no blank line for long', () => {
    const tree = markdownParser.parse('some *words* of many\n'.repeat(5_000));
    let emphasised = 0;
    tree.iterate({ enter: ({ name }) => void (name === 'Emphasis' && emphasised++) });
    expect(emphasised).toBe(5_000);
  });

  it('reads what follows something hostile', () => {
    const text = `${'>'.repeat(20_000)}\n\n${'[a]('.repeat(20_000)}\n\nand *then*`;
    expect(nodesOf(markdownParser.parse(text))).toContain('Emphasis');
  });
});

/** Each took seconds to parse, or more levels than a stack has, before it was bounded. */
const HOSTILE: readonly [string, string][] = [
  ['nested brackets', '['.repeat(40_000) + ']'.repeat(40_000)],
  ['links in links', '[a]('.repeat(20_000)],
  ['nested quotes', '>'.repeat(20_000)],
  ['quotes, deeper with each line', Array.from({ length: 1_000 }, (_, depth) => `${'>'.repeat(depth)}a`).join('\n')],
  ['nested lists', Array.from({ length: 700 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
  ['lists in one line', `${'1. '.repeat(6_000)}a`],
  ['stars', '*a'.repeat(20_000) + 'a*'.repeat(20_000)],
  ['ever longer backticks', Array.from({ length: 1_000 }, (_, run) => '`'.repeat(run)).join('a')],
  ['comments that do not end', 'a<!--'.repeat(20_000)],
  ['a line of 1 MB', 'lorem ipsum '.repeat(87_381)],
  ['1 MB without a blank line', 'lorem ipsum\n'.repeat(87_381)],
  ['a row of 500,000 cells', `|a|b|\n|-|-|\n${'|c'.repeat(500_000)}`],
  ['the same, indented', `|a|b|\n|-|-|\n    ${'|c'.repeat(500_000)}`],
];

describe('hostile Markdown', () => {
  it.each(HOSTILE)('%s are parsed in short steps and no deeper than can be walked', (_, text) => {
    const parse = markdownParser.startParse(text);
    let longest = 0;
    let tree: Tree | null = null;
    while (tree === null) {
      const began = cpuMs();
      tree = parse.advance();
      longest = Math.max(longest, cpuMs() - began);
    }
    expect(tree.length).toBe(text.length);
    expect(levelsOf(tree)).toBeLessThan(LEVELS);
    highlightTree(tree, classHighlighter, () => undefined);
    // A second of the processor is much for these; the least of them took two without bounds.
    expect(longest).toBeLessThan(1_000);
  });
});
