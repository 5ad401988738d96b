/**
 * A text operation. `n > 0` retains n units, `"s"` inserts s, `n < 0` deletes -n units: `[5, "abc", -2]`.
 * Units are UTF-16 code units. Canonical: no empty parts, equal neighbours merged, insert before delete,
 * no trailing retain. `[]` is identity.
 *
 * Every function of this room takes canonical ops and gives canonical ops; `checkOp` is the door for all others.
 */
export type Op = readonly (number | string)[];

/** The op that changes nothing. */
export const identity: Op = Object.freeze([]);

/** Does the op change nothing? */
export function isIdentity(op: Op): boolean {
  return op.length === 0;
}

/** Inserts `text` at `position`; identity if the text is empty. */
export function insertion(position: number, text: string): Op {
  return replacement(position, 0, text);
}

/** Deletes `length` units from `position` on; identity if there are none. */
export function deletion(position: number, length: number): Op {
  return replacement(position, length, '');
}

/** Replaces `deleted` units from `position` on by `text`; identity if neither is there. */
export function replacement(position: number, deleted: number, text: string): Op {
  if (position > 0) {
    if (deleted === 0) return text === '' ? identity : [position, text];
    return text === '' ? [position, -deleted] : [position, text, -deleted];
  }
  if (deleted === 0) return text === '' ? identity : [text];
  return text === '' ? [-deleted] : [text, -deleted];
}

/** How many units of the text before it the op reaches: those that it retains and those that it deletes. */
export function baseSpan(op: Op): number {
  let span = 0;
  for (const part of op) if (typeof part === 'number') span += part < 0 ? -part : part;
  return span;
}

/** How much longer (or, below zero, shorter) the op makes a text, in units. */
export function lengthChange(op: Op): number {
  let change = 0;
  for (const part of op) {
    if (typeof part === 'string') change += part.length;
    else if (part < 0) change += part;
  }
  return change;
}

/** How much the op changes: units inserted plus units deleted. */
export function weight(op: Op): number {
  let sum = 0;
  for (const part of op) {
    if (typeof part === 'string') sum += part.length;
    else if (part < 0) sum -= part;
  }
  return sum;
}

/** `op`, as it is on a text with `units` more before it, or with fewer: less than it keeps first. */
export function shifted(op: Op, units: number): Op {
  const [first] = op;
  if (units === 0 || first === undefined) return op;
  return typeof first === 'number' && first > 0 ? [first + units, ...op.slice(1)] : [units, ...op];
}
