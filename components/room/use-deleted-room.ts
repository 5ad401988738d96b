import { useEffect } from 'react';
import type { RoomView } from '../../lib/client/index.ts';
import { forgetRoom } from './known-rooms.ts';

/** Forgets a room of ours that was deleted, or its address would become a fresh room at the next visit. */
export function useDeletedRoom({ token, status }: RoomView): void {
  const deleted = status.kind === 'lost' && status.reason === 'deleted';
  useEffect(() => {
    if (deleted) forgetRoom(token);
  }, [deleted, token]);
}
