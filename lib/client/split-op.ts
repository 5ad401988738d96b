import { OpBuilder, type Op } from '../ot/index.ts';

export interface OpBounds {
  /** UTF-8 bytes of the op as JSON text. */
  bytes: number;
  /** Parts of the op's array. */
  parts: number;
}

/** A number part as JSON with its comma: safe integers have at most 16 digits and a sign. */
const NUMBER_BYTES = 18;
/** The quotes and the comma of a string part. */
const QUOTES_BYTES = 3;
/** The longest JSON form of one UTF-16 unit, a control character: `\u001f`. */
const WORST_UNIT_BYTES = 6;

/**
 * Cuts `op` so that `first` stays within `bounds` and `compose(first, rest)` is `op`. `rest` is null if nothing had to
 * be cut. Inserts may be cut inside, never within a surrogate pair. Bounds too small for a single part are a
 * programming error (RangeError).
 */
export function splitOp(op: Op, bounds: OpBounds): { first: Op; rest: Op | null } {
  if (bounds.parts < 2 || bounds.bytes < NUMBER_BYTES + QUOTES_BYTES + 2 * WORST_UNIT_BYTES) {
    throw new RangeError(`An op cannot be cut to ${bounds.bytes} bytes and ${bounds.parts} parts.`);
  }
  if (op.length <= bounds.parts && worstBytes(op) <= bounds.bytes) return { first: op, rest: null };

  const first = new OpBuilder();
  // Where the rest begins, in the text after `first`.
  let position = 0;
  let bytes = 0;
  for (const [index, part] of op.entries()) {
    // One part of room is left for a retain whose insert no longer fits: it is dropped again as trailing.
    if (index >= bounds.parts) return { first: first.done(), rest: restOf(op, index, position, 0) };
    if (typeof part === 'number') {
      if (bytes + NUMBER_BYTES > bounds.bytes) return { first: first.done(), rest: restOf(op, index, position, 0) };
      bytes += NUMBER_BYTES;
      first.add(part);
      if (part > 0) position += part;
      continue;
    }
    const fitting = unitsWithin(part, bounds.bytes - bytes - QUOTES_BYTES);
    first.insert(part.slice(0, fitting.units));
    position += fitting.units;
    bytes += QUOTES_BYTES + fitting.bytes;
    if (fitting.units < part.length) {
      return { first: first.done(), rest: restOf(op, index, position, fitting.units) };
    }
  }
  return { first: op, rest: null };
}

/** What remains from part `index` on, of which `taken` units are done, for a text that is done up to `position`. */
function restOf(op: Op, index: number, position: number, taken: number): Op {
  const rest = new OpBuilder().retain(position);
  const part = op[index];
  if (typeof part === 'string')
    return rest
      .insert(part.slice(taken))
      .addRest(op, index + 1)
      .done();
  return rest.addRest(op, index).done();
}

function worstBytes(op: Op): number {
  let bytes = 0;
  for (const part of op) {
    bytes += typeof part === 'number' ? NUMBER_BYTES : QUOTES_BYTES + part.length * WORST_UNIT_BYTES;
  }
  return bytes;
}

/** How many leading units of clean `text` have a JSON form of at most `most` UTF-8 bytes. Whole pairs only. */
function unitsWithin(text: string, most: number): { units: number; bytes: number } {
  let bytes = 0;
  let units = 0;
  while (units < text.length) {
    const code = text.charCodeAt(units);
    const isPair = code >= 0xd800 && code < 0xe000;
    const size = isPair ? 4 : unitBytes(code);
    if (bytes + size > most) break;
    bytes += size;
    units += isPair ? 2 : 1;
  }
  return { units, bytes };
}

/** UTF-8 bytes of one unit outside of pairs, as JSON.stringify writes it. */
function unitBytes(code: number): number {
  // Quote, backslash, and the control characters that have a short form: \b \t \n \f \r.
  if (code === 0x22 || code === 0x5c || (code >= 0x08 && code <= 0x0d && code !== 0x0b)) return 2;
  if (code < 0x20) return WORST_UNIT_BYTES;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : 3;
}
