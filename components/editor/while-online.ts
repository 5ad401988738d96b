import type { RoomClient } from '../../lib/client/index.ts';

/** Calls `begin` each time the room becomes connected, and what that returned when it no longer is. Returns how to stop. */
export function whileOnline(room: RoomClient, begin: () => () => void): () => void {
  let end: (() => void) | null = null;
  const look = () => {
    const { online } = room.view();
    if (online && end === null) end = begin();
    if (!online) {
      end?.();
      end = null;
    }
  };
  const stopLooking = room.subscribe(look);
  look();
  return () => {
    stopLooking();
    end?.();
  };
}
