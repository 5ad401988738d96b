import { NothingHere } from '../components/room/missing-room.tsx';
import RootLayout from './layout.tsx';

export { metadata, viewport } from './layout.tsx';

/** Answers for every address that no page has. */
export default function GlobalNotFound() {
  return (
    <RootLayout>
      <NothingHere />
    </RootLayout>
  );
}
