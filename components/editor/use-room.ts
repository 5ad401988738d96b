import { useEffect, useState, useSyncExternalStore } from 'react';
import { openRoom, type InitialRoom, type RoomClient, type RoomView } from '../../lib/client/index.ts';
import { whoAmI } from '../people/me.ts';
import { browserEnvironment } from './browser-environment.ts';
import { DEFAULT_LANGUAGE } from './language-guess.ts';

/** Which room the screen shows, and what is known of it before anybody connected. */
export interface RoomStart {
  token: string;
  /** For a fresh room: the tokens that its first edit creates. */
  create?: { owner: string; view: string };
  initial?: InitialRoom;
  /** Text and title that a fresh room begins with: what was saved from a room that was lost. */
  seed?: { text: string; title: string };
}

/**
 * Opens the room for as long as the component lives; a new `start` object is another room. The client is null while
 * the server renders and until the first effect.
 */
export function useRoom(start: RoomStart | null): { client: RoomClient | null; view: RoomView } {
  const [client, setClient] = useState<RoomClient | null>(null);
  useEffect(() => {
    if (start === null) return;
    const { token, create, initial, seed } = start;
    const opened = openRoom({
      token,
      me: whoAmI(),
      environment: browserEnvironment(),
      ...(create === undefined ? {} : { create }),
      ...(initial === undefined ? {} : { initial }),
    });
    if (seed !== undefined && seed.text !== '') opened.edit([seed.text]);
    if (seed !== undefined && seed.title !== '') opened.setTitle(seed.title);
    setClient(opened);
    return () => {
      opened.close();
      setClient(null);
    };
  }, [start]);
  const [before] = useState(() => viewBefore(start));
  const view = useSyncExternalStore(
    client?.subscribe ?? never,
    client === null ? () => before : client.view,
    () => before,
  );
  return { client, view };
}

const never = () => () => undefined;

/** What the page says until the client speaks: what the server rendered, and no claim about anything else. */
function viewBefore(start: RoomStart | null): RoomView {
  const initial = start?.initial;
  return {
    token: start?.token ?? '',
    title: initial?.title ?? start?.seed?.title ?? '',
    language: initial?.language ?? DEFAULT_LANGUAGE,
    role: initial?.role ?? 'edit',
    canEdit: initial?.role !== 'view',
    status: initial?.role === 'view' ? { kind: 'view' } : { kind: 'ready' },
    dots: { device: false, received: false, disk: false },
    journal: 'none',
    rev: initial?.rev ?? 0,
    unsaved: 0,
    you: null,
    me: { person: '', name: '', color: 1 },
    people: [],
    typing: new Set(),
    online: false,
    limits: { message: 0, document: 0, opsPerSecond: 0, bytesPerSecond: 0, catchUp: 0 },
    notice: null,
  };
}
