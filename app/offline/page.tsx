import { RoomApp } from '../../components/room/room-app.tsx';

/** What the service worker answers with at a room's address when the server cannot be reached. No address leads here. */
export default function OfflinePage() {
  return <RoomApp entrance={{ kind: 'offline' }} />;
}
