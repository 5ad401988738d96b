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
  const added = addedItems(transaction, text, clients);
  const changed = new Set([...added, ...goneItems(transaction, text), ...torn.starts, ...torn.ends]);
  const op = new OpBuilder();
  let repaired = false;
  let ahead = changed.size;
  for (let item = text._start; item !== null && ahead > 0; item = item.right) {
    if (!changed.has(item)) {
      if (!item.deleted && item.countable) op.retain(item.length);
      continue;
    }
    ahead--;
    if (!added.has(item)) {
      keepOrRemove(item, torn, op);
    } else if (!item.deleted && item.countable) {
      const rest = splitAtReturn(transaction, item);
      if (rest) {
        added.add(rest);
        changed.add(rest);
        ahead++;
      }
      if (item.content instanceof Y.ContentString && !item.content.str.startsWith('\r')) {
        op.insert(item.content.str);
      } else {
        item.delete(transaction);
        repaired = true;
      }
    }
  }
  return { op: op.done(), repaired };
}

/** Items of the text's sequence that are new. */
function addedItems({ beforeState, doc }: Y.Transaction, text: Y.Text, clients: Iterable<number>): Set<Y.Item> {
  const added = new Set<Y.Item>();
  for (const client of clients) {
    for (const item of itemsBetween(doc.store, client, beforeState.get(client) ?? 0, Infinity)) {
      if (isInSequence(item, text)) added.add(item);
    }
  }
  return added;
}

/** Items of the text's sequence that were here before and held text, and are deleted now. */
function* goneItems({ deleteSet, beforeState, doc }: Y.Transaction, text: Y.Text): Generator<Y.Item> {
  for (const [client, ranges] of deleteSet.clients) {
    const before = beforeState.get(client) ?? 0;
    for (const { clock, len } of ranges) {
      for (const item of itemsBetween(doc.store, client, clock, Math.min(before, clock + len))) {
        if (item.countable && isInSequence(item, text)) yield item;
      }
    }
  }
}

/** A client's items from the clock `start` on, where one begins, up to `end`. */
function* itemsBetween(store: Y.Doc['store'], client: number, start: number, end: number): Generator<Y.Item> {
  const structs = store.clients.get(client);
  if (!structs || start >= end || start >= Y.getState(store, client)) return;
  for (let index = Y.findIndexSS(structs, start); index < structs.length; index++) {
    const struct = structs[index];
    if (!struct || struct.id.clock >= end) return;
    if (struct instanceof Y.Item) yield struct;
  }
}

/** Not one of the attributes that a text has as well. */
function isInSequence({ parent, parentSub }: Y.Item, text: Y.Text): boolean {
  return parent === text && parentSub === null;
}

function keepOrRemove(item: Y.Item, torn: TornPairs, op: OpBuilder): void {
  if (item.deleted) {
    op.remove(item.length);
    return;
  }
  const startsTorn = torn.starts.has(item);
  const endsTorn = torn.ends.has(item);
  if (startsTorn) op.insert(REPLACEMENT).remove(1);
  op.retain(item.length - (startsTorn ? 1 : 0) - (endsTorn ? 1 : 0));
  if (endsTorn) op.insert(REPLACEMENT).remove(1);
}

/** Leaves in the item either no `\r` at all or nothing else. Gives the rest, which is the next item; null if there is none. */
function splitAtReturn(transaction: Y.Transaction, { id, content }: Y.Item): Y.Item | null {
  if (!(content instanceof Y.ContentString)) return null;
  const at = content.str.search(content.str.startsWith('\r') ? /[^\r]/ : /\r/);
  return at === -1 ? null : Y.getItemCleanStart(transaction, Y.createID(id.client, id.clock + at));
}
