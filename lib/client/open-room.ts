import { Room } from './room.ts';
import type { OpenRoom, RoomClient } from './types.ts';

/** Opens a room and starts connecting. Every function of the result may be passed on by itself. `close` ends it. */
export function openRoom(options: OpenRoom): RoomClient {
  const room = new Room(options);
  return {
    view: () => room.view(),
    subscribe: (listener) => room.views.add(listener),
    onChange: (listener) => room.changes.add(listener),
    onCarets: (listener) => room.caretMoves.add(listener),
    text: () => room.text(),
    edit: (op) => room.edit(op),
    editAt: (rev, op) => room.editAt(rev, op),
    fits: (op) => room.fits(op),
    select: (ranges) => room.select(ranges),
    rename: (name, color) => room.rename(name, color),
    setTitle: (title) => room.setMeta({ title }),
    setLanguage: (language) => room.setMeta({ language }),
    publish: () => room.publish(),
    dismiss: () => room.dismiss(),
    retry: () => room.retry(),
    close: () => room.close(),
  };
}
