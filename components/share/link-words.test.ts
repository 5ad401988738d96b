import { expect, it } from 'vitest';
import { endWords, isOver, momentWords, nameOf } from './link-words.ts';

const NOW = new Date(2026, 10, 26, 13, 0).getTime();

it('says moments as people do', () => {
  expect(momentWords(new Date(2026, 10, 26, 14, 5).getTime(), NOW)).toBe('today, 14:05');
  expect(momentWords(new Date(2026, 10, 27, 0, 30).getTime(), NOW)).toBe('tomorrow, 00:30');
  expect(momentWords(new Date(2026, 11, 3, 9, 0).getTime(), NOW)).toBe('3 December');
  expect(momentWords(new Date(2027, 0, 3, 9, 0).getTime(), NOW)).toBe('3 January 2027');
});

it('says when a link ends, has ended, or never ends', () => {
  expect(endWords(null, NOW)).toBe('Never ends.');
  expect(endWords(new Date(2026, 11, 3).getTime(), NOW)).toBe('Ends 3 December.');
  expect(endWords(NOW, NOW)).toBe('Its time is over.');
  expect(isOver({ revokedAt: null, expiresAt: NOW }, NOW)).toBe(true);
  expect(isOver({ revokedAt: null, expiresAt: NOW + 1 }, NOW)).toBe(false);
  expect(isOver({ revokedAt: 1, expiresAt: null }, NOW)).toBe(true);
});

it('a link without a name is called by what it allows', () => {
  expect(nameOf({ name: '', role: 'view' })).toBe('View link');
  expect(nameOf({ name: 'Design review', role: 'view' })).toBe('Design review');
});
