import { MissingRoom } from '../../../components/room/missing-room.tsx';

export default function RoomNotFound() {
  return <MissingRoom />;
}
