'use client';

import type { RoomTools } from '../room/room-tools.ts';
import { crowdOf } from './crowd.ts';

/** Everybody in the room. */
export function PeoplePanel({ tools }: { tools: RoomTools }) {
  return (
    <ul className="p-4">
      {crowdOf(tools.view).map(({ name, authors }) => (
        <li key={authors[0]}>{name}</li>
      ))}
    </ul>
  );
}
