import { ownLinks, ownRoomWith } from '../room/known-rooms.ts';
import { withBase } from '../ui/base-path.ts';
import type { Role } from '../../lib/client/index.ts';

/** The tokens of a room's links, as far as this browser knows them. */
export interface RoomLinks {
  edit: string | null;
  view: string | null;
  /** Who has it may manage all links: REST takes it from whoever brings it along. */
  owner: string | null;
}

/**
 * Which links can be given away from here. The visited one is what its role says; the others are known only to the
 * browser that made the room. An owner link is never handed out as an edit link.
 */
export function roomLinks(token: string, role: Role): RoomLinks {
  switch (role) {
    case 'view':
      return { edit: null, view: token, owner: ownRoomWith(token)?.owner ?? null };
    case 'edit': {
      const own = ownLinks(token);
      return { edit: token, view: own?.view ?? null, owner: own?.owner ?? null };
    }
    case 'owner': {
      const own = ownRoomWith(token);
      return { edit: own?.edit ?? null, view: own?.view ?? null, owner: token };
    }
    default:
      return unknown(role);
  }
}

/** The address of a link, at the host that the page was visited by: what reached us reaches others. */
export function linkOf(token: string): string {
  return `${window.location.origin}${withBase(`/r/${token}`)}`;
}

function unknown(role: never): never {
  throw new Error(`No links for the role ${String(role)}`);
}
