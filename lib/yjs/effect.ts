import * as Y from 'yjs';
import { OpBuilder, type Op } from '../ot/index.ts';
import type { TornPairs } from './torn-pairs.ts';

const REPLACEMENT = '\ufffd';

/**
 * Inside a transaction that has applied an update of the clients `clients`: deletes what it brought into the sequence of
 * `text` that is no clean text (`\r`, embeds, types, whatever else counts there), and gives what all of it did to the text.
 *
 * Yjs' own `event.delta` is no use: it counts what is no text, and knows nothing of torn pairs.
 */
export function settleEffect(
  transaction: Y.Transaction,
  text: Y.Text,
  clients: Iterable<number>,
  torn: TornPairs,
): { op: Op; repaired: boolean } {
  const fresh = freshClocks(transaction, clients);
  const gone = goneItems(transaction);
  const op = new OpBuilder();
  let repaired = false;
  for (let item = text._start; item !== null; item = item.right) {
    const isNew = item.id.clock >= (fresh.get(item.id.client) ?? Infinity);
    if (item.deleted) {
      if (!isNew && gone.has(item)) op.remove(item.length);
    } else if (!item.countable) {
      // A mark of formatting: no text.
    } else if (!isNew) {
      keep(item, torn, op);
    } else if (item.content instanceof Y.ContentString) {
      // What a split leaves on the right is the next item.
      const at = item.content.str.indexOf('\r');
      if (at === -1) {
        op.insert(item.content.str);
      } else if (at > 0) {
        split(transaction, item, at);
        op.insert(item.content.str);
      } else {
        split(transaction, item, item.content.str.search(/[^\r]/));
        item.delete(transaction);
        repaired = true;
      }
    } else {
      item.delete(transaction);
      repaired = true;
    }
  }
  return { op: op.done(), repaired };
}

/** The first new clock of each client that has new structs. */
function freshClocks({ beforeState, doc }: Y.Transaction, clients: Iterable<number>): Map<number, number> {
  const fresh = new Map<number, number>();
  for (const client of clients) {
    const before = beforeState.get(client) ?? 0;
    if (Y.getState(doc.store, client) > before) fresh.set(client, before);
  }
  return fresh;
}

/** Items of before that the transaction has deleted, as far as they held text. */
function goneItems({ deleteSet, beforeState, doc }: Y.Transaction): Set<Y.Item> {
  const gone = new Set<Y.Item>();
  for (const [client, ranges] of deleteSet.clients) {
    const structs = doc.store.clients.get(client);
    const before = beforeState.get(client) ?? 0;
    if (!structs) continue;
    for (const { clock, len } of ranges) {
      if (clock >= before) continue;
      for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
        const struct = structs[index];
        if (!struct || struct.id.clock >= clock + len) break;
        if (struct instanceof Y.Item && struct.countable) gone.add(struct);
      }
    }
  }
  return gone;
}

function keep(item: Y.Item, torn: TornPairs, op: OpBuilder): void {
  const startsTorn = torn.starts.has(item);
  const endsTorn = torn.ends.has(item);
  if (startsTorn) op.insert(REPLACEMENT).remove(1);
  op.retain(item.length - (startsTorn ? 1 : 0) - (endsTorn ? 1 : 0));
  if (endsTorn) op.insert(REPLACEMENT).remove(1);
}

/** Leaves `at` units in the item; nothing to do if that is all of it, or -1. */
function split(transaction: Y.Transaction, { id, length }: Y.Item, at: number): void {
  if (at > 0 && at < length) Y.getItemCleanStart(transaction, Y.createID(id.client, id.clock + at));
}
