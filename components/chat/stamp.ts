import type { RoomClient, Stamp, TalkMessage } from '../../lib/client/index.ts';
import type { AnchorKeeper } from './anchor-keeper.ts';

/** A passage as the server understands it. */
export interface Passage {
  rev: number;
  from: number;
  to: number;
}

/**
 * Names the passage that `anchors` follows under `id` when the text of this screen is the server's: not before all that was typed
 * is there. `make` is given null if the passage is gone.
 */
export function stampOf(
  client: Pick<RoomClient, 'view'>,
  anchors: Pick<AnchorKeeper, 'placeOf'>,
  id: string,
  make: (passage: Passage | null) => TalkMessage | { refused: string },
): Stamp {
  return () => {
    const { online, unsaved, rev } = client.view();
    if (!online || unsaved > 0) return null;
    const place = anchors.placeOf(id);
    return make(place === null || place.from === place.to ? null : { rev, ...place });
  };
}
