import { ChangeSet, Text } from '@codemirror/state';
import type { Op } from '../../../lib/ot/index.ts';
import type { Algebra, Engine } from './algebra.ts';

const LINE_END = /\n/;

function from(op: Op, length: number): ChangeSet {
  const changes: { from: number; to?: number; insert?: string }[] = [];
  let base = 0;
  let inserted = '';
  for (const part of op) {
    if (typeof part === 'string') {
      inserted = part;
    } else if (part < 0) {
      changes.push({ from: base, to: base - part, insert: inserted });
      base -= part;
      inserted = '';
    } else {
      if (inserted !== '') changes.push({ from: base, insert: inserted });
      base += part;
      inserted = '';
    }
  }
  if (inserted !== '') changes.push({ from: base, insert: inserted });
  return ChangeSet.of(changes, length);
}

export const codeMirror: Engine = {
  name: 'CodeMirror ChangeSet and Text',
  open(text) {
    let doc = Text.of(text.split(LINE_END));
    return {
      edit(at, deleted, inserted) {
        doc = ChangeSet.of({ from: at, to: at + deleted, insert: inserted }, doc.length).apply(doc);
      },
      text: () => doc.toString(),
    };
  },
};

export const codeMirrorAlgebra: Algebra<ChangeSet> = {
  name: 'CodeMirror ChangeSet',
  from,
  apply: (text, op) => op.apply(Text.of(text.split(LINE_END))).toString(),
  openText() {
    let text = Text.empty;
    return {
      apply: (op) => void (text = op.apply(text)),
      toString: () => text.toString(),
    };
  },
  transform: (op, other, side) => op.map(other, side === 'left'),
  transformPair: (left, right) => [left.map(right, true), right.map(left)],
  compose: (first, second) => first.compose(second),
  mapPosition: (op, position) => op.mapPos(position, 1),
  invert: (op, text) => op.invert(text as Text),
  document: (text) => Text.of(text.split(LINE_END)),
};
