import { CborReader, CborWriter } from './cbor.ts';
import { ITEMS_OF_ENTRY, ITEMS_OF_OP, readOp, writeOp } from './compact-op.ts';
import { loggedOp } from './decode-server.ts';
import { badField, integer } from './fields.ts';
import type { ClientMessage, LoggedOp, ServerMessage } from './messages.ts';

const writer = new CborWriter();

/** What a client sends in binary. */
export function encodeCompactOp({ seq, rev, op }: ClientMessage & { t: 'op' }): Uint8Array<ArrayBuffer> {
  writer.array(ITEMS_OF_OP);
  writer.integer(seq);
  writer.integer(rev);
  writeOp(writer, op);
  return writer.take();
}

/** What it hears in binary: checked in every field, as in JSON; or a `ProtocolFault` that says what is wrong with it. */
export function decodeCompactOps(bytes: Uint8Array): ServerMessage & { t: 'ops' } {
  const from = new CborReader(bytes);
  const items = from.array();
  if (items % ITEMS_OF_ENTRY !== 1) throw badField('A binary message has to be [rev, author, seq, op …].');
  const rev = integer({ rev: from.integer() }, 'rev', 1);
  const ops: LoggedOp[] = [];
  for (let left = items - 1; left > 0; left -= ITEMS_OF_ENTRY) {
    ops.push(loggedOp([from.integer(), from.integer(), readOp(from)]));
  }
  from.end();
  return { t: 'ops', rev, ops };
}
