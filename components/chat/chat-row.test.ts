import { describe, expect, it } from 'vitest';
import type { RoomView } from '../../lib/client/index.ts';
import { rowsOf, unsentOf } from './chat-row.ts';
import type { ChatView } from './chat-store.ts';

const now = new Date(2026, 10, 21, 16, 48).getTime();
const room = {
  you: 2,
  me: { person: '', name: 'Ann', color: 7 },
  online: true,
  locked: false,
  status: { kind: 'saved' },
} as unknown as RoomView;
const said = (n: number, author: number, daysAgo = 0) => ({
  n,
  id: `id-${n}`,
  author,
  name: 'Jonas',
  color: 1,
  at: now - daysAgo * 86_400_000,
  text: 'Hello',
});
const chat = (change: Partial<ChatView>): ChatView => ({
  messages: [],
  waiting: [],
  load: 'ready',
  older: 'none',
  ...change,
});

describe('rowsOf', () => {
  it('puts days above what was said in them, and waiting messages last', () => {
    const waiting = [{ id: 'own', text: 'Yes', quote: null, state: { kind: 'waiting' } as const }];
    const rows = rowsOf(chat({ messages: [said(1, 1, 1), said(2, 1), said(3, 1)], waiting }), room, null, now);
    expect(rows.map(({ key }) => key)).toEqual(['day Yesterday', 'id-1', 'day Today', 'id-2', 'id-3', 'own']);
  });

  it("draws the line above the first message that is new and somebody else's", () => {
    const messages = [said(1, 1), said(2, 2), said(3, 1), said(4, 1)];
    const rows = rowsOf(chat({ messages }), room, { after: 1, to: 4 }, now);
    expect(rows.map(({ key }) => key)).toEqual(['day Today', 'id-1', 'id-2', 'unread', 'id-3', 'id-4']);
    expect(rows[3]).toMatchObject({ count: 2 });
    expect(rowsOf(chat({ messages }), room, { after: 1, to: 2 }, now).some(({ kind }) => kind === 'unread')).toBe(
      false,
    );
  });
});

it('unsentOf says why', () => {
  const waiting = { kind: 'waiting' } as const;
  expect(unsentOf(waiting, room)).toEqual({ kind: 'sending' });
  expect(unsentOf({ kind: 'sent' }, { ...room, online: false })).toEqual({ kind: 'offline' });
  expect(unsentOf(waiting, { ...room, locked: true })).toEqual({ kind: 'locked' });
  expect(unsentOf({ kind: 'refused', why: 'No.' }, room)).toEqual({ kind: 'notSent', why: 'No.' });
  expect(unsentOf(waiting, { ...room, status: { kind: 'lost', code: 4403, reason: 'revoked' } })).toEqual({
    kind: 'notSent',
    why: null,
  });
});
