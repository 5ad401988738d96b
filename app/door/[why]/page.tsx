import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClosedDoor } from '../../../components/room/closed-door.tsx';
import { PasswordGate } from '../../../components/room/password-gate.tsx';
import { pageStrings } from '../../../components/page-strings.ts';

/** Whether a door is closed is asked anew at each visit. */
export const dynamic = 'force-dynamic';

export function generateMetadata(): Metadata {
  return { title: { absolute: pageStrings.product } };
}

/** What proxy.ts answers with at the address of a room that is closed to the visitor. Nothing of the room is known here. */
export default async function DoorPage({ params }: { params: Promise<{ why: string }> }) {
  const { why } = await params;
  switch (why) {
    case 'password':
      return <PasswordGate />;
    case 'revoked':
    case 'expired':
    case 'removed':
      return <ClosedDoor why={why} />;
    default:
      notFound();
  }
}
