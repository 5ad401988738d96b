import { layerStrings } from '../layer-strings.ts';
import { dayWords, timeWords } from '../words/dates.ts';
import type { Link } from './links-api.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a link is called: its own name, or what it allows. */
export function nameOf({ name, role }: Pick<Link, 'name' | 'role'>): string {
  return name === '' ? layerStrings.links.unnamed[role] : name;
}

/** Is the link over, by itself or because the owner ended it? */
export function isOver({ revokedAt, expiresAt }: Pick<Link, 'revokedAt' | 'expiresAt'>, now: number): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt <= now);
}

/** A moment as people say it here: "today, 14:05", "3 December", "3 December 2027". Unix milliseconds. */
export function momentWords(at: number, now: number): string {
  const time = timeWords(at);
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS);
  if (days === 0) return `${layerStrings.links.today}, ${time}`;
  if (days === 1) return `${layerStrings.links.tomorrow}, ${time}`;
  return dayWords(at, now);
}

/** When the link ends, as a sentence. */
export function endWords(expiresAt: number | null, now: number): string {
  const t = layerStrings.links;
  if (expiresAt === null) return layerStrings.share.neverEnds;
  return expiresAt <= now ? t.ended : t.endsAt(momentWords(expiresAt, now));
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
