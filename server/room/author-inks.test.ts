import { expect, it } from 'vitest';
import { inkOf, nearestColor } from './author-inks.ts';

it('takes the nearest author colour for a colour of the web, and says nothing for what is none', () => {
  for (let color = 1; color <= 12; color++) expect(nearestColor(inkOf(color))).toBe(color);
  expect(nearestColor(`${inkOf(7).toUpperCase()}33`)).toBe(7);
  expect(nearestColor('#f00')).toBe(nearestColor('#ff0000'));
  for (const none of ['', 'red', '#12', '#12345', '#gggggg', 'rgb(1,2,3)', '#1234567890']) {
    expect(nearestColor(none)).toBeNull();
  }
});

it('has an ink for any number', () => {
  expect([0, 13, NaN].map(inkOf)).toEqual([inkOf(1), inkOf(1), inkOf(1)]);
});
