import type { Op } from '../../../lib/ot/index.ts';
import { loadPeer } from '../../kit/peer.ts';
import { openString, type Algebra, type Engine } from './algebra.ts';

interface TextOperation {
  retain(n: number): TextOperation;
  insert(text: string): TextOperation;
  delete(n: number): TextOperation;
  baseLength: number;
  apply(text: string): string;
  compose(second: TextOperation): TextOperation;
  invert(text: string): TextOperation;
}

interface Library {
  TextOperation: {
    new (): TextOperation;
    transform(left: TextOperation, right: TextOperation): [TextOperation, TextOperation];
  };
}

const { TextOperation } = await loadPeer<Library>('ot');

function from(op: Op, length: number): TextOperation {
  const made = new TextOperation();
  let base = 0;
  for (const part of op) {
    if (typeof part === 'string') made.insert(part);
    else if (part > 0) made.retain(part);
    else made.delete(-part);
    if (typeof part === 'number') base += Math.abs(part);
  }
  return base < length ? made.retain(length - base) : made;
}

export const otJs: Engine = {
  name: 'ot.js',
  open(text) {
    let doc = text;
    return {
      edit(at, deleted, inserted) {
        const op = new TextOperation();
        if (at > 0) op.retain(at);
        if (inserted !== '') op.insert(inserted);
        if (deleted > 0) op.delete(deleted);
        const rest = doc.length - at - deleted;
        if (rest > 0) op.retain(rest);
        doc = op.apply(doc);
      },
      text: () => doc,
    };
  },
};

export const otJsAlgebra: Algebra<TextOperation> = {
  name: 'ot.js',
  from,
  apply: (text, op) => op.apply(text),
  openText: () => openString((text, op) => op.apply(text)),
  transform(op, other, side) {
    return side === 'left' ? TextOperation.transform(op, other)[0] : TextOperation.transform(other, op)[1];
  },
  transformPair: (left, right) => TextOperation.transform(left, right),
  compose: (first, second) => first.compose(second),
  invert: (op, text) => op.invert(text as string),
  document: (text) => text,
};
