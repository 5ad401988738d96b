import { expect, it } from 'vitest';
import { withBase, withoutBase } from './base-path.ts';

it('leaves paths as they are where there is no base path', () => {
  expect(withBase('/api/rooms')).toBe('/api/rooms');
  expect(withoutBase('/r/token')).toBe('/r/token');
  expect(withoutBase('/')).toBe('/');
});

it('stands before what the browser asks for, and is taken from what it shows', () => {
  expect(withBase('/', '/notes')).toBe('/notes/');
  expect(withoutBase(withBase('/r/token', '/team/notes'), '/team/notes')).toBe('/r/token');
  expect(withoutBase('/notes/', '/notes')).toBe('/');
});

it('takes nothing from addresses that only begin alike', () => {
  expect(withoutBase('/notesome/r/token', '/notes')).toBe('/notesome/r/token');
});
