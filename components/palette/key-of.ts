import { isMac } from '../ui/is-mac.ts';
import type { Keys } from './action.ts';

/** The key on this machine. */
export function keyOf(keys: Keys): string {
  if (typeof keys === 'string') return keys;
  return isMac() ? keys.mac : keys.other;
}
