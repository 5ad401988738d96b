import type { Op } from '../ot/index.ts';
import { CborReader, CborWriter } from './cbor.ts';
import { ITEMS_OF_ENTRY, ITEMS_OF_OP, readOp, writeOp } from './compact-op.ts';
import { clientOp } from './decode-client.ts';
import { badField } from './fields.ts';
import type { ClientMessage } from './messages.ts';

const writer = new CborWriter();

/** What a server sends in binary. `entries`: consecutive, the first of revision `rev`. */
export function encodeCompactOps(rev: number, entries: readonly { author: number; seq: number; op: Op }[]): Uint8Array {
  writer.array(1 + ITEMS_OF_ENTRY * entries.length);
  writer.integer(rev);
  for (const { author, seq, op } of entries) {
    writer.integer(author);
    writer.integer(seq);
    writeOp(writer, op);
  }
  return writer.take();
}

/** What it hears in binary: checked in every field, as in JSON; or a `ProtocolFault` that says what is wrong with it. */
export function decodeCompactOp(bytes: Uint8Array): ClientMessage & { t: 'op' } {
  const from = new CborReader(bytes);
  if (from.array() !== ITEMS_OF_OP) throw badField('A binary message has to be [seq, rev, op].');
  const fields = { seq: from.integer(), rev: from.integer(), op: readOp(from) };
  from.end();
  return clientOp(fields);
}
