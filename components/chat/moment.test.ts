import { expect, it } from 'vitest';
import { dayOf, momentOf, timeOf } from './moment.ts';

const now = new Date(2026, 10, 21, 16, 48).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

it('says when something was said', () => {
  expect(timeOf(at(2026, 10, 21, 9, 41))).toBe('09:41');
  expect(momentOf(at(2026, 10, 21, 9, 41), now)).toBe('09:41');
  expect(momentOf(at(2026, 10, 20, 23, 59), now)).toBe('Yesterday');
  expect(momentOf(at(2026, 10, 19, 9, 0), now)).toBe('Thursday');
  expect(momentOf(at(2026, 10, 14, 9, 0), now)).toBe('14 November');
  expect(momentOf(at(2025, 10, 21, 9, 0), now)).toBe('21 November 2025');
});

it('calls a day by its name, and what a wrong clock puts into the future is today', () => {
  expect(dayOf(now, now)).toBe('Today');
  expect(dayOf(at(2026, 10, 22, 9, 0), now)).toBe('Today');
});
