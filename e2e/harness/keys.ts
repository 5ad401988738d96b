import { connect } from './peer.ts';
import { type Owner, ownerOf } from './owner.ts';
import { createRoom } from './rest.ts';
import { freshToken } from './tokens.ts';

/** Those who are let in, by what their link allows; in a locked room or not. */
export const INSIDE = ['owner', 'edit', 'view', 'locked owner', 'locked edit', 'locked view'] as const;
/** Those who are not, by what is wrong with their link or with them. */
export const OUTSIDE = [
  'unknown token',
  'revoked link',
  'rotated link',
  'expired link',
  'removed guest',
  'no password',
  'wrong password',
] as const;

export type Insider = (typeof INSIDE)[number];
export type Outsider = (typeof OUTSIDE)[number];

/** What stands in a room that a key belongs to; whoever is kept out must see nothing of it. */
export const SECRET = { title: 'Secret plans', text: 'nobody is told' };

/** What somebody has in hand when they come to a door. */
export interface Key {
  token: string;
  password?: string;
  cookie?: string;
  /** Of the room behind it. */
  owner: Owner;
  /** Every token of the room. */
  tokens: Record<'owner' | 'edit' | 'view', string>;
}

/** A new room, and the key of somebody who is let in. */
export async function insideKey(url: string, who: Insider): Promise<Key> {
  const { links } = await createRoom(url, SECRET);
  const tokens = { owner: links.owner.token, edit: links.edit.token, view: links.view.token };
  const owner = ownerOf(url, tokens.owner);
  const isLocked = who.startsWith('locked ');
  if (isLocked) await owner.lock(true);
  const role = (isLocked ? who.slice('locked '.length) : who) as 'owner' | 'edit' | 'view';
  return { token: tokens[role], owner, tokens };
}

/** A new room, and the key of somebody who is kept out. */
export async function outsideKey(url: string, who: Outsider): Promise<Key> {
  const { owner, tokens } = await insideKey(url, 'owner');
  const link = await owner.link('edit');
  const key = { token: link.token, owner, tokens };
  switch (who) {
    case 'unknown token':
      return { ...key, token: freshToken() };
    case 'revoked link':
      await owner.revoke(link.id);
      return key;
    case 'rotated link':
      await owner.rotate(link.id);
      return key;
    case 'expired link': {
      const { token } = await owner.make('edit', { expiresAt: Date.now() + 50 });
      return { ...key, token };
    }
    case 'removed guest':
      return { ...key, cookie: await removedCookie(url, key) };
    case 'no password':
      await owner.change(link.id, { password: 'sesame' });
      return key;
    case 'wrong password':
      await owner.change(link.id, { password: 'sesame' });
      return { ...key, password: 'open' };
  }
}

/** The cookie of a browser that was in the room and was removed. */
async function removedCookie(url: string, { token, owner }: Key): Promise<string> {
  const cookie = `tandem-guest=${freshToken()}`;
  const peer = await connect(url, { headers: { cookie } });
  peer.send({ t: 'hello', v: 1, token, client: freshToken() });
  const { you } = await peer.next('welcome');
  await owner.remove(you);
  await peer.closed;
  return cookie;
}

/** The headers with which a program shows its key over HTTP. */
export function headersOf({ password, cookie }: Key): Record<string, string> {
  return {
    ...(password !== undefined && { authorization: `Basic ${Buffer.from(`:${password}`).toString('base64')}` }),
    ...(cookie !== undefined && { cookie }),
  };
}
