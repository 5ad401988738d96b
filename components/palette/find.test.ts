import { expect, it } from 'vitest';
import type { Findable } from './action.ts';
import { find } from './find.ts';

const one = (id: string, words: string, group: Findable['group']): Findable => ({
  id,
  words,
  group,
  run: () => undefined,
});
const all: Findable[] = [
  one('copy-edit', 'Copy edit link', 'room'),
  one('compare', 'Compare two moments', 'text'),
  one('dark', 'Dark theme', 'look'),
  one('h5', 'Decisions', 'headings'),
  one('h9', 'Costs', 'headings'),
  one('ann', 'Corinna', 'persons'),
  one('handbook', 'Company handbook', 'rooms'),
];
const ids = (query: string, recent: readonly string[] = []) =>
  find(query, all, recent).map(({ name, rows }) => [name, ...rows.map((row) => row.one.id)]);

it('shows the recent actions and then all of them while nothing is typed', () => {
  expect(ids('', ['dark', 'gone'])).toEqual([
    ['recent', 'dark'],
    ['room', 'copy-edit'],
    ['text', 'compare'],
  ]);
});

it('groups what it finds, recent ones first among equals', () => {
  expect(ids('co', ['compare'])).toEqual([
    ['actions', 'compare', 'copy-edit'],
    ['headings', 'h9', 'h5'],
    ['persons', 'ann'],
    ['rooms', 'handbook'],
  ]);
});

it('puts the section with the best match first', () => {
  expect(ids('decis')[0]).toEqual(['headings', 'h5']);
  expect(ids('hand')[0]).toEqual(['rooms', 'handbook']);
});

it('finds languages by what stands in their names only', () => {
  const languages = [one('c', 'Language: Cobol', 'languages'), one('j', 'Language: Clojure', 'languages')];
  expect(find('co', languages, []).map(({ rows }) => rows.map((row) => row.one.id))).toEqual([['c']]);
});

it('looks for headings and people only when asked to', () => {
  expect(ids('#c')).toEqual([['headings', 'h9', 'h5']]);
  expect(ids('#')).toEqual([['headings', 'h5', 'h9']]);
  expect(ids('@')).toEqual([['persons', 'ann']]);
  expect(ids('@zzz')).toEqual([]);
});
