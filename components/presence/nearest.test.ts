import { expect, it } from 'vitest';
import { nearestOutside, type Spot } from './nearest.ts';

const at = (author: number, top: number): Spot => ({
  authors: [author],
  name: `P${author}`,
  color: author,
  top,
  bottom: top + 28,
});

it('[page] names the nearest of those who are out of sight, and the side', () => {
  const spots = [at(1, 100), at(2, 2_000), at(3, 1_200), at(4, 600)];
  expect(nearestOutside(spots, 500, 1_000)).toMatchObject({ authors: [3], side: 'below' });
  expect(nearestOutside(spots, 200, 700)).toMatchObject({ authors: [1], side: 'above' });
});

it('[page] says nothing while everybody is in sight, even in part', () => {
  expect(nearestOutside([at(1, 490), at(2, 980)], 500, 1_000)).toBeNull();
  expect(nearestOutside([], 0, 10)).toBeNull();
});
