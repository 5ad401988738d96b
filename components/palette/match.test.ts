import { expect, it } from 'vitest';
import { FITS, match } from './match.ts';

const bold = (query: string, words: string) =>
  match(query, words)?.ranges.map(([from, to]) => words.slice(from, to)) ?? null;

it.each([
  ['co', 'Copy edit link', FITS.start],
  ['ed', 'Copy edit link', FITS.word],
  ['link copy', 'Copy edit link', FITS.word],
  ['nk', 'Copy edit link', FITS.inside],
  ['co', 'Decisions', FITS.letters],
  ['', 'Anything', FITS.start],
])('%j fits %j as %i', (query, words, fit) => {
  expect(match(query, words)?.fit).toBe(fit);
});

it('finds without marks and with them, whatever the case', () => {
  expect(bold('resume', 'Résumé')).toEqual(['Résumé']);
  expect(bold('RÉS', 'resume')).toEqual(['res']);
  expect(bold('strasse', 'Die Straße')).toEqual(['Straße']);
  // The mark stands apart from its letter here.
  expect(bold('cafe', 'cafe\u0301 noir')).toEqual(['cafe\u0301']);
});

it('letters that are far apart, or out of order, or single, do not match', () => {
  expect(match('cd', 'Copy a link to everybody who is already dead')).toBeNull();
  expect(match('oc', 'Copy')).toBeNull();
  expect(match('zz', 'Fuzz')?.fit).toBe(FITS.inside);
  expect(match('x', 'Copy')).toBeNull();
});

it('takes the letters where they stand closest together', () => {
  expect(bold('do', 'draw a dot over')).toEqual(['do']);
  expect(bold('dtr', 'do a ditherer')).toEqual(['d', 't', 'r']);
});

it('every word of the query has to be there', () => {
  expect(match('copy theme', 'Copy edit link')).toBeNull();
});
