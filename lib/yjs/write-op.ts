import * as Y from 'yjs';
import type { Op } from '../ot/index.ts';

/**
 * Makes an op's edits in the sequence of `text`, as the Y.Doc's own. The op must fit. One walk over the items, however many
 * parts the op has; `Y.Text` would search the place of each anew.
 */
export function writeOp(transaction: Y.Transaction, text: Y.Text, op: Op): void {
  const { doc } = transaction;
  let left: Y.Item | null = null;
  let right = text._start;
  for (const part of op) {
    if (typeof part === 'string') {
      const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
      const content = new Y.ContentString(part);
      const item: Y.Item = new Y.Item(id, left, left && left.lastId, right, right && right.id, text, null, content);
      item.integrate(transaction, 0);
      left = item;
      right = item.right;
      continue;
    }
    for (let wanted = part < 0 ? -part : part; wanted > 0 && right !== null; right = right.right) {
      if (!right.deleted && right.countable) {
        if (wanted < right.length) {
          Y.getItemCleanStart(transaction, Y.createID(right.id.client, right.id.clock + wanted));
        }
        wanted -= right.length;
        if (part < 0) right.delete(transaction);
      }
      left = right;
    }
  }
}
