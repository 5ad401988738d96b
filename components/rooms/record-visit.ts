import type { RoomClient } from '../../lib/client/index.ts';
import { ownRoomWith } from '../room/known-rooms.ts';
import { isGone, isListed, markGone, rememberVisit } from './recent-rooms.ts';

/** What changes is written down at most as often, in ms: others may type all day. */
const WRITE_MS = 5_000;

export interface Clock {
  /** Unix milliseconds. */
  now: () => number;
  /** Runs `run` after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void;
}

/**
 * Keeps this browser's list of rooms up to date with the room that is open: its title, the link's role, when it was visited
 * and changed, and that its link ended. Returns how to stop.
 */
export function recordVisit(client: Pick<RoomClient, 'view' | 'subscribe'>, clock: Clock): () => void {
  const visited = clock.now();
  let { rev, unsaved } = client.view();
  let changed: number | null = null;
  let written = '';
  let cancel: (() => void) | null = null;

  const write = () => {
    cancel = null;
    const { token, title, role } = client.view();
    // Taken off the list while it is open: it comes back with the next visit only.
    if (written !== '' && !isListed(token)) return;
    const own = ownRoomWith(token);
    rememberVisit(
      { token, title, role, visited, gone: null, ...(changed === null ? {} : { changed }) },
      own === null ? [] : [own.edit, own.view, own.owner],
    );
    written = `${role} ${title}`;
  };
  const look = () => {
    const view = client.view();
    if (view.status.kind === 'lost') {
      cancel?.();
      cancel = null;
      if (isGone(view.status.reason)) markGone(view.token, view.status.reason);
      return;
    }
    const edited = view.rev !== rev || view.unsaved > unsaved;
    ({ rev, unsaved } = view);
    if (edited) changed = clock.now();
    if (`${view.role} ${view.title}` !== written) {
      cancel?.();
      write();
    } else if (edited) cancel ??= clock.after(WRITE_MS, write);
  };
  write();
  look();
  const stop = client.subscribe(look);
  return () => {
    stop();
    if (cancel === null) return;
    cancel();
    write();
  };
}
