import * as encoding from 'lib0/encoding';
import type { ItemId } from './yjs-log.ts';

/** How an item of text is marked in an update (yjs `Item.write`): a string, with a left and a right neighbour. */
const STRING_BETWEEN = 0x04 | 0x80 | 0x40;

/**
 * The update that a Y.Doc gives for one character typed between two others, in version 1 of the encoding: what `doc.on('update')`
 * of a client has, without a Y.Doc for each of a thousand clients.
 */
export function typedUpdate(
  id: ItemId,
  { left, right, letter }: { left: ItemId; right: ItemId; letter: string },
): Uint8Array {
  return encoding.encode((encoder) => {
    // One client with one struct.
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, 1);
    writeId(encoder, id);
    encoding.writeUint8(encoder, STRING_BETWEEN);
    writeId(encoder, left);
    writeId(encoder, right);
    encoding.writeVarString(encoder, letter);
    // Nobody has deleted anything.
    encoding.writeVarUint(encoder, 0);
  });
}

function writeId(encoder: encoding.Encoder, { client, clock }: ItemId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}
