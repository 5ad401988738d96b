'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { InitialRoom } from '../../lib/client/index.ts';
import type { RoomStart } from '../editor/use-room.ts';
import { tokenInAddress } from './token-in-address.ts';
import { withBase } from '../ui/base-path.ts';
import { randomToken } from '../ui/tokens.ts';
import { keptPassword } from './kept-password.ts';
import { ownLinks, rememberRoom, type OwnLinks } from './known-rooms.ts';
import { RoomScreen } from './room-screen.tsx';

/** What the address means: a room of its own, one that is there, or one that its first letter will make. */
export type Entrance =
  | { kind: 'fresh' }
  /** `initial` is absent if the text is too long to be in the page, or behind a password, which was right then. */
  | {
      kind: 'existing';
      token: string;
      title: string;
      language: string;
      /** Where a balancer sends it, if that is known. */
      shard?: string;
      initial?: InitialRoom;
      password?: string;
    }
  /** Nobody has written here yet, but this address may become a room: a chosen name, or one that this browser made. */
  | { kind: 'unwritten'; token: string }
  /** Opened without a network, so the page does not know what its address means; this browser may have kept the room. */
  | { kind: 'offline' };

/** Decides which room the page shows, and lets one page move on to a new room with the text of a lost one. */
export function RoomApp({ entrance }: { entrance: Entrance }) {
  const [start, setStart] = useState<RoomStart | null>(() => knownStart(entrance));
  const made = useRef<RoomStart | null>(null);
  useEffect(() => {
    if (start !== null) return;
    // Strict Mode runs effects twice; one visit makes one room.
    made.current ??= begin(entrance);
    setStart(made.current);
  }, [start, entrance]);

  const newRoomWith = useCallback((text: string, title: string) => setStart({ ...fresh(), seed: { text, title } }), []);
  return (
    <RoomScreen
      key={start?.token ?? 'opening'}
      start={start}
      isFresh={entrance.kind === 'fresh' || entrance.kind === 'unwritten' || start?.seed !== undefined}
      placeholder={entrance.kind === 'existing' ? { title: entrance.title, language: entrance.language } : null}
      onNewRoomWith={newRoomWith}
    />
  );
}

function knownStart(entrance: Entrance): RoomStart | null {
  if (entrance.kind !== 'existing') return null;
  const { token, shard, initial, password } = entrance;
  return {
    token,
    ...(shard === undefined ? {} : { shard }),
    ...(initial === undefined ? {} : { initial }),
    ...(password === undefined ? {} : { password }),
  };
}

function begin(entrance: Entrance): RoomStart {
  switch (entrance.kind) {
    case 'unwritten':
      return unwritten(entrance.token);
    case 'offline':
      return offline() ?? fresh();
    case 'fresh':
    case 'existing':
      return fresh();
  }
}

/** The room that the address bar names; the server could not be asked whether it is there. */
function offline(): RoomStart | null {
  const token = tokenInAddress();
  if (token === null) return null;
  const links = ownLinks(token);
  // Typed in this tab before the network went.
  const password = keptPassword(token);
  return { token, ...(links === null ? {} : { create: links }), ...(password === null ? {} : { password }) };
}

/** A new room with links of its own; the address bar holds the edit link from now on. Nothing exists on the server yet. */
function fresh(): RoomStart {
  const token = randomToken();
  window.history.replaceState(null, '', withBase(`/r/${token}`));
  return { token, create: remembered(token), isNew: true };
}

function unwritten(token: string): RoomStart {
  return { token, create: ownLinks(token) ?? remembered(token) };
}

function remembered(token: string): OwnLinks {
  const links = { owner: randomToken(), view: randomToken() };
  rememberRoom(token, links);
  return links;
}
