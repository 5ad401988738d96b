import { lazyPart } from '../ui/lazy-part.tsx';
import type { Gone } from './recent-rooms.ts';

/** "My rooms" on a page that has no room, which every page carries along in case it is not there: so as little as can be. */
export const myRooms = lazyPart<{ gone: Gone }>(
  () => import('./my-rooms-button.tsx').then((file) => file.MyRoomsButton),
  'when-used',
);
