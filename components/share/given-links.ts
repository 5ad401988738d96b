import { isOver } from './link-words.ts';
import type { Link } from './links-api.ts';
import type { RoomLinks } from './room-links.ts';

/** A link to give away; `link` is what the server says of it, null where only its token is known. */
export interface GivenLink {
  token: string;
  link: Link | null;
}

/**
 * Which links to offer. Whoever is no owner, or has no answer yet, has those that this browser knows. The owner has those
 * that the server knows: of each role the one this browser knows, unless that one is over, else the oldest that is open.
 */
export function givenLinks(
  known: RoomLinks,
  all: readonly Link[] | null,
  now: number,
): { edit: GivenLink | null; view: GivenLink | null } {
  const pick = (role: 'edit' | 'view'): GivenLink | null => {
    const token = known[role];
    if (all === null) return token === null ? null : { token, link: null };
    const open = all.filter((link) => link.role === role && !isOver(link, now));
    const link = open.find((one) => one.token === token) ?? open[0];
    return link === undefined ? null : { token: link.token, link };
  };
  return { edit: pick('edit'), view: pick('view') };
}
