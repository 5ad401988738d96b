import { expect, it } from 'vitest';
import { EXCEL, GOOGLE_DOCS, JUST_WORDS, SHEETS, VS_CODE, WEB_PAGE, WORD } from './clipboard-fixtures.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { markdownOf } from './paste-markdown.ts';

it.each([
  [
    'Google Docs',
    GOOGLE_DOCS,
    '## Plan\n\nWe ship on **Thursday** *or not*, see [this](https://example.com/x).\n\n- one\n  - inner\n- two\n\n* [x] ~~bought~~',
  ],
  ['Word', WORD, '# Minutes\n\nAll of it **matters**.\n\n- First\n  - Deeper\n- Second\n\n1. Numbered\n\nEnd.'],
  ['Excel', EXCEL, '| Name   |     Hours |\n| ------ | --------: |\n| Ann    |       3.5 |\n| a \\| b | two lines |'],
  ['Google Sheets', SHEETS, '| City | People |\n| ---- | ------ |\n| Oslo | 700000 |'],
  [
    'a web page',
    WEB_PAGE,
    '### About\n\nA *page* with `code`, a trap and [a link](https://example.com/).\n\n![A cat](https://example.com/cat.png)\n\n```js\nconst a = 1;\nif (a) b();\n```\n\n> Said.\n\n3. three\n4. four',
  ],
])('[paste] reads the clipboard of %s', (_name, html, markdown) => {
  expect(htmlToMarkdown(html).markdown).toBe(markdown);
});

it('[paste] code from an editor is a block of code', () => {
  const plain = 'const a = 1;\n  b();\n';
  const code = JSON.stringify({ version: 1, mode: 'typescriptreact' });
  expect(markdownOf({ html: VS_CODE, plain, code })).toBe('```tsx\nconst a = 1;\n  b();\n```');
  expect(markdownOf({ html: VS_CODE, plain, code: '' })).toBe('```\nconst a = 1;\n  b();\n```');
  expect(markdownOf({ html: VS_CODE, plain: 'a = 1', code })).toBe('a = 1');
  expect(markdownOf({ html: VS_CODE, plain: '# Notes\n\nb', code: '{"mode":"markdown"}' })).toBe('# Notes\n\nb');
  expect(markdownOf({ html: VS_CODE, plain: 'a\n```\nb', code: '' })).toBe('````\na\n```\nb\n````');
});

it('[paste] words without any form come as they are, unescaped', () => {
  const plain = '1. not a list\n2*3*4 words';
  expect(markdownOf({ html: JUST_WORDS, plain, code: '' })).toBe(plain);
});

it('[P7] HTML that is nested beyond reason comes as plain words', () => {
  const html = `${'<div>'.repeat(50_000)}<b>a</b>`;
  expect(markdownOf({ html, plain: 'a', code: '' })).toBe('a');
});
