import { expect, it } from 'vitest';
import { headingsOf } from './headings.ts';

const read = (text: string) => headingsOf(text.split('\n')).map(({ line, level, words }) => [line, level, words]);

it('finds headings with their level and line', () => {
  expect(read('# One\n\ntext\n### Three\n#not one\n    # code')).toEqual([
    [1, 1, 'One'],
    [4, 3, 'Three'],
  ]);
});

it('leaves out what stands in fences, an open one to the end', () => {
  expect(read('# a\n```sh\n# b\n~~~\n# c\n```\n# d\n~~~\n# e')).toEqual([
    [1, 1, 'a'],
    [7, 1, 'd'],
  ]);
});

it('says where a heading begins', () => {
  const text = 'αβ\n👋\n## Here';
  expect(headingsOf(text.split('\n')).map(({ from }) => text.slice(from))).toEqual(['## Here']);
});

it.each([
  ['# **Bold** and `code` ##', 'Bold and code'],
  ['# A [link](https://a.b/c_d) here', 'A link here'],
  ['# snake_case_name *so*', 'snake_case_name so'],
  ['# C#', 'C#'],
  ['#', ''],
])('reads %j as %j', (line, words) => {
  expect(read(line)[0]?.[2]).toBe(words);
});
