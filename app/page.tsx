import { RoomApp } from '../components/room/room-app.tsx';

/** A fresh room at once: no list, no dialog. The page makes the room's links itself. */
export default function FreshRoomPage() {
  return <RoomApp entrance={{ kind: 'fresh' }} />;
}
