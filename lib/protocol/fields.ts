import { checkOp, type Op } from '../ot/index.ts';
import { CloseCode } from './close-codes.ts';
import { ProtocolFault } from './fault.ts';
import { cleanLabel } from './label.ts';
import type { Range } from './messages.ts';
import { COLORS, MAX_RANGES } from './limits.ts';

/** An object from outside, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function badField(message: string): ProtocolFault {
  return new ProtocolFault('bad-field', CloseCode.BAD_MESSAGE, message);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number from `least` to 2^53 − 1. */
export function integer(from: Fields, field: string, least = 0): number {
  const value = from[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw badField(`"${field}" has to be a whole number from ${least} to 2^53 - 1.`);
}

/** Any finite number: a time. */
export function finite(from: Fields, field: string): number {
  const value = from[field];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw badField(`"${field}" has to be a number.`);
}

export function boolean(from: Fields, field: string): boolean {
  const value = from[field];
  if (typeof value === 'boolean') return value;
  throw badField(`"${field}" has to be true or false.`);
}

/** A string of at most `most` UTF-16 units. */
export function text(from: Fields, field: string, most = Number.MAX_SAFE_INTEGER): string {
  const value = from[field];
  if (typeof value === 'string' && value.length <= most) return value;
  throw badField(
    most === Number.MAX_SAFE_INTEGER
      ? `"${field}" has to be a string.`
      : `"${field}" has to be a string of at most ${most} UTF-16 units.`,
  );
}

// Control characters and lone surrogates: nothing that a label should hold.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** One line of well-formed text, for names and titles that everybody is shown; clean, whatever its sender thought of it. */
export function label(from: Fields, field: string, most: number): string {
  const value = text(from, field, most);
  if (!UNPRINTABLE.test(value)) return cleanLabel(value, most);
  throw badField(`"${field}" holds control characters or half a surrogate pair.`);
}

export function color(from: Fields, field: string): number {
  const value = integer(from, field, 1);
  if (value <= COLORS) return value;
  throw badField(`"${field}" has to be one of the colours 1 to ${COLORS}.`);
}

export function list(from: Fields, field: string): readonly unknown[] {
  const value = from[field];
  if (Array.isArray(value)) return value;
  throw badField(`"${field}" has to be an array.`);
}

export function ranges(from: Fields, field: string): readonly Range[] {
  const value = list(from, field);
  if (value.length > MAX_RANGES) throw badField(`"${field}" has ${value.length} ranges; ${MAX_RANGES} are allowed.`);
  for (const item of value) {
    if (!Array.isArray(item) || item.length !== 2 || !item.every(isOffset)) {
      throw badField(`Each of "${field}" has to be [anchor, head], two whole numbers from 0.`);
    }
  }
  // Every item was just checked to be a pair of offsets.
  return value as readonly Range[];
}

function isOffset(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** An op in canonical form. Entries of the log may have more parts than a client may send: transforming adds some. */
export function op(value: unknown, most?: number): Op {
  const fault = checkOp(value, most);
  if (fault) throw new ProtocolFault('bad-op', CloseCode.BAD_MESSAGE, fault.message);
  // checkOp has found it to be an op.
  return value as Op;
}

/** `read(from, field)` if the field is there; `undefined` counts as absent, null does not. */
export function optional<T>(from: Fields, field: string, read: (from: Fields, field: string) => T): T | undefined {
  return from[field] === undefined ? undefined : read(from, field);
}
