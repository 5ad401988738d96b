import { expect, it } from 'vitest';
import { sinceRevision, sinceTime } from './undo-since.ts';

const noon = new Date(2026, 10, 21, 12, 0, 0).getTime();

it('knows when each choice was', () => {
  expect(noon - sinceTime('minutes', noon, null)).toBe(600_000);
  expect(noon - sinceTime('hour', noon, null)).toBe(3_600_000);
  expect(new Date(sinceTime('today', noon, null)).getHours()).toBe(0);
  expect(noon - sinceTime('today', noon, null)).toBe(12 * 3_600_000);
  expect(sinceTime('moment', noon, { at: 5 })).toBe(5);
});

it('asks the server for the revision, but takes that of the timeline as it is', async () => {
  const asked: number[] = [];
  const api = { since: (at: number) => Promise.resolve(asked.push(at) * 100) };
  const { signal } = new AbortController();
  expect(await sinceRevision('hour', 7, { rev: 3 }, api, signal)).toBe(100);
  expect(await sinceRevision('moment', 7, { rev: 3 }, api, signal)).toBe(3);
  expect(asked).toEqual([7]);
});
