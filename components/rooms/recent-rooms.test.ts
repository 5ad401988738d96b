import { beforeEach, expect, it, vi } from 'vitest';
import {
  dropRoom,
  markGone,
  pinRoom,
  recentRooms,
  RECENT_ROOMS_KEY,
  rememberVisit,
  renewRoom,
} from './recent-rooms.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});

const visit = (token: string, visited: number, others: readonly string[] = []) =>
  rememberVisit({ token, title: `Title ${token}`, role: 'edit', visited }, others);
const tokens = () => recentRooms().map(({ token }) => token);

it('lists pinned rooms first and then the last visited', () => {
  visit('a', 1);
  visit('b', 3);
  visit('c', 2);
  pinRoom('a', true);
  expect(tokens()).toEqual(['a', 'b', 'c']);
});

it('a visit changes what it names and keeps the rest', () => {
  visit('a', 1);
  pinRoom('a', true);
  markGone('a', 'revoked');
  rememberVisit({ token: 'a', title: 'New', role: 'view', changed: 9, gone: null });
  expect(recentRooms()).toEqual([
    { token: 'a', title: 'New', role: 'view', visited: 1, changed: 9, pinned: true, gone: null },
  ]);
});

it('one room is listed once, by the link of the last visit, and stays pinned', () => {
  visit('edit', 1);
  pinRoom('edit', true);
  visit('owner', 2, ['edit', 'view', 'owner']);
  expect(recentRooms()).toMatchObject([{ token: 'owner', pinned: true }]);
});

it('keeps 200, pinned ones whatever their age', () => {
  visit('old', 1);
  pinRoom('old', true);
  for (let index = 0; index < 250; index += 1) visit(`r${index}`, 10 + index);
  expect(tokens()).toHaveLength(200);
  expect(tokens().slice(0, 2)).toEqual(['old', 'r249']);
  expect(tokens()).not.toContain('r50');
});

it('follows a new address, and drops what is to be forgotten', () => {
  visit('a', 1);
  renewRoom('a', 'b');
  expect(tokens()).toEqual(['b']);
  dropRoom('b');
  expect(tokens()).toEqual([]);
  markGone('b', 'deleted');
  expect(tokens()).toEqual([]);
});

it('leaves out what somebody else wrote there', () => {
  kept.set(RECENT_ROOMS_KEY, JSON.stringify([null, { token: 1 }, { token: 'a', title: 't', role: 'king' }]));
  expect(tokens()).toEqual([]);
  kept.set(RECENT_ROOMS_KEY, '{');
  expect(tokens()).toEqual([]);
});
