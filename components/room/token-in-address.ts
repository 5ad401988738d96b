import { withoutBase } from '../ui/base-path.ts';

/** The token of the room that the address bar names; null if it names none. */
export function tokenInAddress(path: string = window.location.pathname): string | null {
  const [, first, token] = withoutBase(path).split('/');
  return first === 'r' && token !== undefined && token !== '' ? token : null;
}
