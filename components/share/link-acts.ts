import type { RoomClient } from '../../lib/client/index.ts';
import { keepPassword, keptPassword } from '../room/kept-password.ts';
import { replaceToken } from '../room/known-rooms.ts';
import { renewRoom } from '../rooms/recent-rooms.ts';
import { changeLink, makeLink, readAccess, revokeLink, rotateLink, type Link } from './links-api.ts';
import { moveTo, whenSaved } from './move-page.ts';

/** The page that asks: it may stand on the very link, and is then out like everybody else who came by it. */
export interface Asking {
  client: RoomClient;
  /** Does the page stand on the link? */
  isOpen: boolean;
  /** True while the act waits until everything written here is saved, for afterwards nothing of it would arrive. */
  onWaits: (waits: boolean) => void;
}

/** Gives the link another token, and returns it; the page follows if it stood on it. Throws `LinkFault`. */
export async function renewLink(owner: string, link: Link, page: Asking): Promise<string> {
  await saved(page);
  const { token } = await rotateLink(owner, link.id);
  replaceToken(link.token, token);
  renewRoom(link.token, token);
  const password = keptPassword(link.token);
  if (password !== null) keepPassword(token, password);
  if (page.isOpen) moveTo(token);
  return token;
}

/** Ends the link; the page goes on by the owner link if it stood on it. Throws `LinkFault`. */
export async function endOpenLink(owner: string, link: Link, page: Asking): Promise<void> {
  await saved(page);
  await revokeLink(owner, link.id);
  if (page.isOpen) moveTo(owner);
}

/** Sets or takes away the link's password; the page comes in again with it if it stood on the link. Throws `LinkFault`. */
export async function changeOpenLink(owner: string, link: Link, password: string | null, page: Asking): Promise<void> {
  await saved(page);
  await changeLink(owner, link.id, { password });
  if (!page.isOpen) return;
  keepPassword(link.token, password);
  if (password !== null) moveTo(link.token);
}

/**
 * Puts a random link in the place of one whose name can be guessed: makes it, then ends the other when everything written
 * here is saved, and goes there. Throws `LinkFault`; what was done until then stays, and doing it again is harmless.
 */
export async function takeRandomLink(owner: string, name: string, page: Asking): Promise<void> {
  const { links } = await readAccess(owner);
  const guessable = links.find((link) => link.token === name);
  const { token } = await makeLink(owner, 'edit', {});
  await saved(page);
  if (guessable !== undefined) await revokeLink(owner, guessable.id);
  replaceToken(name, token);
  renewRoom(name, token);
  if (page.isOpen) moveTo(token);
}

async function saved({ client, isOpen, onWaits }: Asking): Promise<void> {
  if (!isOpen) return;
  onWaits(client.view().unsaved > 0);
  await whenSaved(client);
  onWaits(false);
}
