import { expect, it } from 'vitest';
import type { Row } from './database.ts';
import { superfluous } from './prune-records.ts';

let made = 0;
const row = (token: string, savedAt: number, over: Partial<Row> = {}): Row => ({
  client: `client-${(made += 1)}`,
  token,
  savedAt,
  pending: false,
  units: 10,
  record: null,
  ...over,
});

it('[P9] keeps the newest text of each room, of at most 50 rooms', () => {
  const rooms = Array.from({ length: 60 }, (_, index) => row(`room-${index}`, index));
  const older = row('room-59', 58.5);
  const gone = superfluous([...rooms, older]);
  expect(gone.map((one) => one.token).sort()).toEqual([...rooms.slice(0, 10), older].map((one) => one.token).sort());
  expect(gone).toContain(older);
});

it('[P9] keeps at most 10 million units of text, the newest', () => {
  const rooms = Array.from({ length: 8 }, (_, index) => row(`room-${index}`, index, { units: 2_000_000 }));
  expect(superfluous(rooms)).toEqual([rooms[2], rooms[1], rooms[0]]);
});

it('[P5] never gives up edits that wait', () => {
  const rooms = Array.from({ length: 200 }, (_, index) => row('one room', index, { units: 1_000_000, pending: true }));
  expect(superfluous(rooms)).toEqual([]);
});
