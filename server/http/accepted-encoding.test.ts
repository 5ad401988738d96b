import { expect, it } from 'vitest';
import { acceptedEncoding, ENCODINGS } from './accepted-encoding.ts';

const ALL = new Set(ENCODINGS);

it.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['gzip;q=1.0, br;q=0.1', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br; q=0.000,*', 'gzip'],
  ['*', 'br'],
  ['*;q=0', null],
  ['gzip;q=x', null],
])('by Accept-Encoding: %s it is %s', (header, encoding) => {
  expect(acceptedEncoding(header, ALL)).toBe(encoding);
});

it('takes what there is', () => {
  expect(acceptedEncoding('gzip, br', new Set(['gzip']))).toBe('gzip');
  expect(acceptedEncoding('br', new Set(['gzip']))).toBeNull();
  expect(acceptedEncoding('gzip, br', new Set())).toBeNull();
});
