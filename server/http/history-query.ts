import type { Room } from '../room/room.ts';
import { Problem } from './problem.ts';

/** A whole number of a query; `otherwise` if it is not given, or `Problem` 400 if there is no such. */
export function numberIn(
  query: URLSearchParams,
  name: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER, otherwise }: { least?: number; most?: number; otherwise?: number } = {},
): number {
  const given = query.get(name);
  if (given === null && otherwise !== undefined) return otherwise;
  return wholeNumber(given, name, least, most);
}

/** All numbers of this name in a query, each once: 1 … `most` of them, from 1 on. */
export function numbersIn(query: URLSearchParams, name: string, most: number): ReadonlySet<number> {
  const given = query.getAll(name);
  if (given.length === 0 || given.length > most) {
    throw new Problem(400, 'bad-field', `"${name}" has to be given once to ${most} times.`);
  }
  return new Set(given.map((one) => wholeNumber(one, name, 1, Number.MAX_SAFE_INTEGER)));
}

/** A revision of a query that exists, `least` at the lowest; 400 for what is no such number, 404 for one that is not there yet. */
export function revisionIn(query: URLSearchParams, name: string, room: Room, otherwise?: number, least = 0): number {
  return existing(numberIn(query, name, { least, ...(otherwise !== undefined && { otherwise }) }), room);
}

/** `Problem` 404 if the revision does not exist. */
export function existing(rev: number, room: Room): number {
  if (rev > room.rev) throw new Problem(404, 'bad-rev', `Revision ${rev} does not exist; the newest is ${room.rev}.`);
  return rev;
}

function wholeNumber(given: string | null, name: string, least: number, most: number): number {
  const number = given !== null && /^\d{1,16}$/.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw new Problem(400, 'bad-field', `"${name}" has to be a whole number ${range}.`);
}
