import { beforeEach, expect, it, vi } from 'vitest';
import { lastVisit, rememberVisit } from './visits.ts';
import { missedSince } from './missed-since.ts';

const me = { person: 'p', name: 'Ann', color: 1 };
const facts = { rev: 20, you: 7, me };
const page = (authors: number[], next: number | null = null) => ({
  entries: authors.map((author, index) => ({ rev: index + 11, author, at: 0, op: ['x'] })),
  authors: [
    { author: 1, name: 'Ann', color: 1 },
    { author: 2, name: 'Bob', color: 2 },
    { author: 7, name: 'Ann', color: 1 },
  ],
  next,
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

it('offers nothing to whoever was never here, or has missed nothing', async () => {
  const never = () => Promise.reject(new Error('Nobody has to be asked.'));
  expect(await missedSince(lastVisit('room'), facts, never)).toBeNull();
  rememberVisit('room', { rev: 20, at: 5 });
  expect(await missedSince(lastVisit('room'), facts, never)).toBeNull();
});

it('tells of the last visit if others have written since, and not of what one wrote oneself', async () => {
  rememberVisit('room', { rev: 10, at: 5 });
  const asked: number[][] = [];
  const answer =
    (authors: number[], next: number | null = null) =>
    (from: number, to: number) => {
      asked.push([from, to]);
      return Promise.resolve(page(authors, next));
    };
  expect(await missedSince(lastVisit('room'), facts, answer([1, 2, 7]))).toEqual({ rev: 10, at: 5 });
  expect(await missedSince(lastVisit('room'), facts, answer([1, 7]))).toBeNull();
  // More than a page: who wrote the rest is not known, but it is much.
  expect(await missedSince(lastVisit('room'), facts, answer([7], 15))).toEqual({ rev: 10, at: 5 });
  expect(asked[0]).toEqual([11, 20]);
});

it('keeps the newest 500 rooms, whatever somebody else has left there', () => {
  localStorage.setItem('tandem:visits', '[1]');
  const rooms = Array.from({ length: 500 }, (_, room) => [`room ${room}`, { rev: room, at: 0 }]);
  expect(rememberVisit('any', { rev: 1, at: 0 })).toBe(true);
  localStorage.setItem('tandem:visits', JSON.stringify(Object.fromEntries(rooms)));
  rememberVisit('room 500', { rev: 500, at: 0 });
  expect(lastVisit('room 0')).toBeNull();
  expect(lastVisit('room 500')).toEqual({ rev: 500, at: 0 });
  localStorage.setItem('tandem:visits', '{"room":{"rev":"1"}}');
  expect(lastVisit('room')).toBeNull();
});
