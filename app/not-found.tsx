import { NothingHere } from '../components/room/missing-room.tsx';

export default function NotFound() {
  return <NothingHere />;
}
