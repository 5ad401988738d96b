import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AdminRooms } from '../../components/admin/admin-rooms.tsx';
import { adminStrings } from '../../components/admin/admin-strings.ts';
import { ownServer } from '../rest.ts';

/** Whether anybody keeps this server is asked anew at each visit. */
export const dynamic = 'force-dynamic';

export function generateMetadata(): Metadata {
  return { title: adminStrings.title, description: adminStrings.about };
}

/** There is no such page on a server that nobody keeps. The rooms themselves come over REST, to whoever has the token. */
export default async function AdminPage() {
  const response = await fetch(`${ownServer()}/api/admin/rooms`, { cache: 'no-store' });
  if (response.status === 404) notFound();
  return <AdminRooms />;
}
