import { expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../e2e/harness/hostile-text.ts';
import { applyChange, changeOf } from './block-change.ts';
import { renderBlocks } from './render-blocks.ts';

const html = (text: string) =>
  renderBlocks(text)
    .blocks.map((block) => block.html)
    .join('');

it('[preview] says from which lines each block comes', () => {
  const { blocks, starts } = renderBlocks('# One\n\nTwo\nthree\n\n- a\n- b\n\n```js\nx\n```\n');
  expect(starts).toEqual([0, 2, 5, 8]);
  expect(blocks.map(({ lines }) => lines)).toEqual([1, 2, 3, 3]);
  expect(blocks[2]?.html).toContain('<li data-l="1">');
});

it.each([
  ['a task', '- [ ] wash up', '<li class="task" data-l="0"><input type="checkbox" class="task-box">wash up</li>'],
  ['a ticked one', '1. [x] done', 'class="task-box" checked="">done'],
  ['no task', '- [y] no', '<li data-l="0">[y] no</li>'],
  ['a struck word', '~~gone~~', '<s>gone</s>'],
  ['a table', '| a |\n|--:|\n| 1 |', '<td style="text-align:right">1</td>'],
  ['an address', 'see https://a.example/b', 'href="https://a.example/b" target="_blank" rel="noopener noreferrer"'],
  ['a file name, which is no address', 'notes.md', '<p>notes.md</p>'],
  ['a heading', '## Before Thursday', '<h2 id="before-thursday">'],
  ['a second one', '# A\n\n# A', '<h1 id="a-1">'],
  ['a formula', 'so $a_1$ is', '<span class="formula" data-display="false">a_1</span>'],
  ['money', 'from $5 to $6', '<p>from $5 to $6</p>'],
  ['a formula with a place', '$$\na\nb\n$$', '<div class="formula" data-display="true">a\nb</div>'],
  ['a diagram', '```mermaid\nA-->B\n```', '<pre class="diagram" data-language="mermaid"'],
  ['keys', '<kbd>Ctrl</kbd>', '<kbd>Ctrl</kbd>'],
  ['a comment', 'a<!-- b -->c', '<p>ac</p>'],
  ['a footnote', 'a[^1]\n\n[^1]: b', 'href="#fn1"'],
  ['a picture from elsewhere', '![cat](https://a.example/c.png)', '<a class="picture" href="https://a.example/c.png"'],
  ['a picture in the text', '![dot](data:image/png;base64,AAAA)', '<img src="data:image/png;base64,AAAA" alt="dot">'],
])('[preview] renders %s', (_name, text, wanted) => {
  expect(html(text)).toContain(wanted);
});

it.each(HOSTILE_TEXTS)('[P7] %s: no element that could run or load anything', (_name, text) => {
  // A hundred thousand brackets take a second; what they become is plain.
  const made = html(text.slice(0, 30_000));
  expect(made).not.toMatch(/<(script|iframe|svg|object|embed|style|link|meta|base|form)/i);
  expect(made).not.toMatch(/<[^>]* on\w+=/i);
  expect(made).not.toMatch(/(href|src)="\s*(javascript|vbscript|data:text|data:image\/svg)/i);
});

it('[preview] replaces only the blocks that changed', () => {
  const before = renderBlocks('# A\n\none\n\ntwo\n\nthree').blocks;
  const after = renderBlocks('# A\n\none\n\nTWO\n\nand a half\n\nthree');
  const change = changeOf(before, after);
  expect(change).toMatchObject({ kept: 2, keptAtEnd: 1 });
  expect(change.blocks.map((block) => block.html)).toEqual(['<p>TWO</p>\n', '<p>and a half</p>\n']);
  const now = applyChange(before, change);
  expect(now).toEqual(after.blocks);
  expect(now[0]).toBe(before[0]);
  expect(now.at(-1)).toBe(before.at(-1));
});
