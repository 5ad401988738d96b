import { ChangeSet, Text as CmText } from '@codemirror/state';
import { OpBuilder, type Op } from '../../lib/client/index.ts';

/** CodeMirror's changes as an op in the coordinates of the text before them. Canonical; `[]` if nothing changes. */
export function opFromChanges(changes: ChangeSet): Op {
  const op = new OpBuilder();
  let at = 0;
  changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    op.retain(fromA - at)
      .insert(inserted.sliceString(0, inserted.length, '\n'))
      .remove(toA - fromA);
    at = toA;
  });
  return op.done();
}

/** An op as CodeMirror's changes of a document of `length` units. */
export function changesFromOp(op: Op, length: number): ChangeSet {
  const changes: { from: number; to: number; insert?: CmText }[] = [];
  let at = 0;
  for (const part of op) {
    if (typeof part === 'string') changes.push({ from: at, to: at, insert: CmText.of(part.split('\n')) });
    else if (part > 0) at += part;
    else {
      // An insert in the same place is one replacement with this delete; apart, its place in the tie would be open.
      const last = changes[changes.length - 1];
      if (last !== undefined && last.from === at && last.to === at) last.to = at - part;
      else changes.push({ from: at, to: at - part });
      at -= part;
    }
  }
  return ChangeSet.of(changes, length, '\n');
}
