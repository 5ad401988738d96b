import { isHigh, isLow } from './clean-text.ts';
import type { Op } from './op.ts';
import { replacement } from './op.ts';

/** An op that leads from `before` to `after`, both clean. Never splits a surrogate pair. */
export function diff(before: string, after: string): Op {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  if (prefix > 0 && isHigh(before.charCodeAt(prefix - 1))) prefix--;
  let suffix = 0;
  const most = shorter - prefix;
  while (
    suffix < most &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix++;
  }
  if (suffix > 0 && isLow(before.charCodeAt(before.length - suffix))) suffix--;
  return replacement(prefix, before.length - prefix - suffix, after.slice(prefix, after.length - suffix));
}
