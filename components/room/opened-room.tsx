'use client';

import { lazyPart, Part } from '../ui/lazy-part.tsx';
import type { Entrance } from './room-app.tsx';

const room = lazyPart<{ entrance: Entrance }>(() => import('./room-app.tsx').then((file) => file.RoomApp));

/** The room, on a page that shows one only sometimes: its code comes when it does. */
export function OpenedRoom({ entrance }: { entrance: Entrance }) {
  return <Part part={room} props={{ entrance }} />;
}
