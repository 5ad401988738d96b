import { expect, it } from 'vitest';
import { lineInQuery } from './line-in-query.ts';

it.each([
  [':42', { line: 42, column: 1 }],
  [': 42:7', { line: 42, column: 7 }],
  [':42:', { line: 42, column: 1 }],
  [':', 'unknown'],
  [':0', 'unknown'],
  [':x', 'unknown'],
  ['42', null],
  ['', null],
])('%j is %j', (query, place) => {
  expect(lineInQuery(query)).toEqual(place);
});
