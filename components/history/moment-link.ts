import type { Role } from '../../lib/client/index.ts';
import { MOMENT_PARAMETER } from '../room/surfaces.ts';
import { readAccess } from '../share/links-api.ts';
import { linkOf, roomLinks } from '../share/room-links.ts';

/** The address of a moment of the room behind a link. */
export function momentLink(token: string, rev: number): string {
  return `${linkOf(token)}?${MOMENT_PARAMETER}=${rev}`;
}

/**
 * The token with which a link to a moment can be given away: the visited one, but never an owner's. Null if the room has no
 * other. Rejects with a `LinkFault` if it has to be asked for and the server does not tell.
 */
export async function tokenToGive(token: string, role: Role): Promise<string | null> {
  if (role !== 'owner') return token;
  const known = roomLinks(token, role);
  if (known.edit !== null) return known.edit;
  const { links } = await readAccess(token);
  const now = Date.now();
  const open = links.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt > now),
  );
  return (open.find((link) => link.role === 'edit') ?? open.find((link) => link.role === 'view'))?.token ?? null;
}

/** The revision that the address bar names; null if it names none. */
export function revInAddress(search: string): number | null {
  const value = new URLSearchParams(search).get(MOMENT_PARAMETER) ?? '';
  const rev = /^\d{1,15}$/.test(value) ? Number(value) : 0;
  return rev > 0 ? rev : null;
}

/** Takes the moment out of the address bar, so that a reload shows the text now. */
export function forgetAddress(): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has(MOMENT_PARAMETER)) return;
  address.searchParams.delete(MOMENT_PARAMETER);
  window.history.replaceState(window.history.state, '', address);
}
