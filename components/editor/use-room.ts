import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { openRoom, shardOf, type InitialRoom, type RoomClient, type RoomView } from '../../lib/client/index.ts';
import { freshJournal, openJournal } from '../journal/open-journal.ts';
import { sendOrphansAgainAndAgain } from '../journal/send-orphans.ts';
import { keepShell } from '../offline/keep-shell.ts';
import { whoAmI } from '../people/me.ts';
import { browserEnvironment } from './browser-environment.ts';
import { subscribeCalmly } from './calm-view.ts';
import { DEFAULT_LANGUAGE } from './language-guess.ts';
import { whileOnline } from './while-online.ts';

/** Which room the screen shows, and what is known of it before anybody connected. */
export interface RoomStart {
  token: string;
  /** Where a balancer sends it; absent for one that this browser makes, or does not know yet. */
  shard?: string;
  /** Of the link, if it asks for one. */
  password?: string;
  /** For a fresh room: the tokens that its first edit creates. */
  create?: { owner: string; view: string };
  initial?: InitialRoom;
  /** Text and title that a fresh room begins with: what was saved from a room that was lost. */
  seed?: { text: string; title: string };
  /** The token was made a moment ago, so this browser cannot have kept anything of the room. */
  isNew?: boolean;
}

/**
 * Opens the room for as long as the component lives, with what the journal has of it; a new `start` object is another
 * room. The client is null while the server renders, and until the journal has been looked into.
 */
export function useRoom(start: RoomStart | null): { client: RoomClient | null; view: RoomView } {
  const [client, setClient] = useState<RoomClient | null>(null);
  useEffect(() => {
    if (start === null) return;
    let close: (() => void) | null = null;
    let ended = false;
    const begin = async () => {
      const { journal, kept, known } = start.isNew ? freshJournal() : await openJournal(start.token);
      if (ended) return journal.close();
      const me = whoAmI();
      const { token, password, create, initial = known, seed } = start;
      const opened = openRoom({
        token,
        me,
        environment: { ...browserEnvironment(start.shard ?? shardOf(token)), journal },
        ...(password === undefined ? {} : { password }),
        ...(create === undefined ? {} : { create }),
        ...(initial === null ? {} : { initial }),
        ...(kept === null ? {} : { kept }),
      });
      const stopOnline = [
        whileOnline(opened, () => sendOrphansAgainAndAgain(me, () => browserEnvironment())),
        whileOnline(opened, keepShell),
      ];
      close = () => {
        for (const stop of stopOnline) stop();
        opened.close();
      };
      if (seed !== undefined && seed.text !== '') opened.edit([seed.text]);
      if (seed !== undefined && seed.title !== '') opened.setTitle(seed.title);
      setClient(opened);
    };
    begin().catch((error: unknown) => reportError(error));
    return () => {
      ended = true;
      close?.();
      setClient(null);
    };
  }, [start]);
  const [before] = useState(() => viewBefore(start));
  const subscribe = useMemo(() => (client === null ? never : subscribeCalmly(client)), [client]);
  const view = useSyncExternalStore(subscribe, client === null ? () => before : client.view, () => before);
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
    locked: false,
    canEdit: initial?.role !== 'view',
    status: initial?.role === 'view' ? { kind: 'view' } : { kind: 'ready' },
    dots: { device: false, received: false, disk: false },
    journal: 'none',
    rev: initial?.rev ?? 0,
    unsaved: 0,
    you: null,
    me: { person: '', name: '', color: 1 },
    signedIn: false,
    people: [],
    typing: new Set(),
    online: false,
    limits: { message: 0, document: 0, opsPerSecond: 0, bytesPerSecond: 0, catchUp: 0 },
    notice: null,
    chat: 0,
    threads: 0,
  };
}
