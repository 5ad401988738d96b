import { beforeEach, expect, it, vi } from 'vitest';
import type { RoomView, Status } from '../../lib/client/index.ts';
import { rememberRoom } from '../room/known-rooms.ts';
import { dropRoom, recentRooms } from './recent-rooms.ts';
import { recordVisit } from './record-visit.ts';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});

function room(token: string) {
  let state = { token, title: 'Plans', role: 'edit', rev: 4, unsaved: 0, status: { kind: 'saved' } as Status };
  let heard: (() => void) | null = null;
  let waiting: (() => void) | null = null;
  let time = 100;
  const stop = recordVisit(
    {
      view: () => state as RoomView,
      subscribe: (listener) => {
        heard = listener;
        return () => (heard = null);
      },
    },
    {
      now: () => time,
      after: (_ms, run) => {
        waiting = run;
        return () => (waiting = null);
      },
    },
  );
  return {
    stop,
    is: (change: Partial<Omit<typeof state, 'status'>> & { status?: Status }, at = time) => {
      time = at;
      state = { ...state, ...change };
      heard?.();
    },
    later: () => waiting?.(),
  };
}

it('writes the room down at once, and its new title', () => {
  const one = room('a');
  expect(recentRooms()).toMatchObject([{ token: 'a', title: 'Plans', visited: 100, changed: 0 }]);
  one.is({ title: 'Plans 2' });
  expect(recentRooms()).toMatchObject([{ title: 'Plans 2' }]);
});

it('writes down when it changed, now and then and at the end', () => {
  const one = room('a');
  one.is({ rev: 5 }, 200);
  expect(recentRooms()).toMatchObject([{ changed: 0 }]);
  one.is({ rev: 6 }, 300);
  one.later();
  expect(recentRooms()).toMatchObject([{ changed: 300, visited: 100 }]);
  one.is({ unsaved: 3 }, 400);
  one.is({ unsaved: 0 }, 500);
  one.stop();
  expect(recentRooms()).toMatchObject([{ changed: 400 }]);
});

it('marks a link that ended, and a visit that succeeds takes the mark away', () => {
  const one = room('a');
  one.is({ status: { kind: 'lost', code: 4403, reason: 'revoked' } });
  expect(recentRooms()).toMatchObject([{ gone: 'revoked' }]);
  one.stop();
  room('a');
  expect(recentRooms()).toMatchObject([{ gone: null }]);
});

it('a room that was taken off the list while it is open stays off until the next visit', () => {
  const one = room('a');
  dropRoom('a');
  one.is({ title: 'New' });
  one.stop();
  expect(recentRooms()).toEqual([]);
  room('a');
  expect(recentRooms()).toHaveLength(1);
});

it('a password or a new version is no end', () => {
  room('a').is({ status: { kind: 'lost', code: 4406, reason: 'updated' } });
  expect(recentRooms()).toMatchObject([{ gone: null }]);
});

it('the three links of a room that this browser made are one room', () => {
  rememberRoom('edit', { owner: 'owner', view: 'view' });
  room('edit').stop();
  room('owner').stop();
  expect(recentRooms().map(({ token }) => token)).toEqual(['owner']);
});
