import { expect, it } from 'vitest';
import { runsRightToLeft } from './line-direction.ts';

it.each([
  ['שלום world', true],
  ['## كتاب', true],
  ['- [ ] 12. סוף', true],
  ['hello שלום', false],
  ['12 ١٢', false],
  ['', false],
  ['日本 שלום', false],
])('the first letter of %j decides: %s', (line, expected) => {
  expect(runsRightToLeft(line)).toBe(expected);
});
