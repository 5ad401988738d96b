import type { Op } from '../ot/index.ts';
import type { CborReader, CborWriter } from './cbor.ts';

/**
 * The compact form of the two messages that typing consists of, for those who chose `COMPACT_SUBPROTOCOL`: binary messages of
 * CBOR (RFC 8949), in which what JSON names has its place. All other messages are JSON there too.
 *
 * `op`, the only binary message of a client, is `[seq, rev, op]`; `ops`, the only one of a server, is
 * `[rev, author, seq, op, author, seq, op …]`. An op is an array of whole numbers and texts, as in JSON.
 */
export const ITEMS_OF_OP = 3;
/** Of each entry of `ops`, behind the revision. */
export const ITEMS_OF_ENTRY = 3;

export function writeOp(to: CborWriter, op: Op): void {
  to.array(op.length);
  for (const part of op) {
    if (typeof part === 'string') to.text(part);
    else to.integer(part);
  }
}

/** Whether it is one is for `checkOp` to say. */
export function readOp(from: CborReader): (number | string)[] {
  const parts: (number | string)[] = [];
  for (let left = from.array(); left > 0; left--) parts.push(from.part());
  return parts;
}
