import type { RoomClient } from '../../lib/client/index.ts';
import { withBase } from '../ui/base-path.ts';

/** Resolves once everything written here is on the server's disk, at once if it is. Never rejects; may never resolve. */
export function whenSaved(client: RoomClient): Promise<void> {
  if (client.view().unsaved === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = client.subscribe(() => {
      if (client.view().unsaved > 0) return;
      stop();
      resolve();
    });
  });
}

/** Goes to the room by another of its links; the address that ends here is no place to come back to. */
export function moveTo(token: string): void {
  window.location.replace(withBase(`/r/${token}`));
}
