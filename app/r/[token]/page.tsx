import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { cache } from 'react';
import { RoomApp, type Entrance } from '../../../components/room/room-app.tsx';
import { isNameToken, isRandomToken } from '../../../lib/client/index.ts';
import { findRoom, readRoomText } from '../../rest.ts';

/** Rooms change with every letter. */
export const dynamic = 'force-dynamic';

/** The longest text that is put into the page, in UTF-16 units; a longer one comes over the socket. */
const MOST_IN_PAGE = 512 * 1024;

interface Props {
  params: Promise<{ token: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const entrance = await enter((await params).token);
  return entrance?.kind === 'existing' && entrance.title !== '' ? { title: entrance.title } : {};
}

export default async function RoomPage({ params }: Props) {
  const entrance = await enter((await params).token);
  // It was deleted since proxy.ts asked: the next try finds nothing.
  if (entrance === null) throw new Error('The room was deleted while its page was made.');
  return <RoomApp entrance={entrance} />;
}

/** What the address opens; null if nothing. Asked once for each visit. */
const enter = cache(async (token: string): Promise<Entrance | null> => {
  if (!isRandomToken(token) && !isNameToken(token)) return null;
  const visitor = await headers();
  const found = await findRoom(token, visitor);
  // It closed since proxy.ts asked: the next try meets the door.
  if (found.kind === 'closed') throw new Error(`The room closed while its page was made: ${found.why}.`);
  // A chosen name may become a room with its first letter; a random token that nobody knows has lost a letter.
  if (found.kind === 'missing') return isNameToken(token) ? { kind: 'unwritten', token } : null;
  const { title, language, role, length, shard } = found.facts;
  if (length > MOST_IN_PAGE) return { kind: 'existing', token, title, language, shard };
  const read = await readRoomText(token, visitor);
  if (read === null) return null;
  return { kind: 'existing', token, title, language, shard, initial: { ...read, title, language, role } };
});
