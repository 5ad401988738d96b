import { beforeEach, expect, it, vi } from 'vitest';
import {
  forgetRoom,
  ownerIsUntold,
  ownLinks,
  ownRoomWith,
  rememberRoom,
  rememberTold,
  replaceToken,
} from './known-rooms.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});

it('a room is found by any of its three tokens', () => {
  rememberRoom('e', { owner: 'o', view: 'v' });
  for (const token of ['e', 'o', 'v']) expect(ownRoomWith(token)).toEqual({ edit: 'e', owner: 'o', view: 'v' });
  expect(ownRoomWith('x')).toBeNull();
});

it('a new address takes the place of the old one, and the room stays ours', () => {
  rememberRoom('e', { owner: 'o', view: 'v' });
  rememberTold('e');
  replaceToken('e', 'e2');
  replaceToken('o', 'o2');
  replaceToken('v', 'v2');
  expect(ownLinks('e')).toBeNull();
  expect(ownLinks('e2')).toEqual({ owner: 'o2', view: 'v2' });
  expect(ownerIsUntold('e2')).toBe(false);
});

it('the owner is told once for each room', () => {
  rememberRoom('e', { owner: 'o', view: 'v' });
  expect(ownerIsUntold('e')).toBe(true);
  expect(ownerIsUntold('strange')).toBe(false);
  rememberTold('e');
  expect(ownerIsUntold('e')).toBe(false);
  expect(ownLinks('e')).toEqual({ owner: 'o', view: 'v' });
});

it('a deleted room is forgotten by any of its tokens, the others stay', () => {
  rememberRoom('e', { owner: 'o', view: 'v' });
  rememberRoom('f', { owner: 'p', view: 'w' });
  forgetRoom('o');
  expect(ownLinks('e')).toBeNull();
  expect(ownLinks('f')).toEqual({ owner: 'p', view: 'w' });
});
