import type { Op, Side } from '../../../lib/ot/index.ts';
import { loadPeer } from '../../kit/peer.ts';
import { openString, type Algebra, type Engine } from './algebra.ts';

type TextOp = (number | string | { d: number })[];

interface Library {
  type: {
    apply(text: string, op: TextOp): string;
    transform(op: TextOp, other: TextOp, side: Side): TextOp;
    compose(first: TextOp, second: TextOp): TextOp;
    transformSelection(selection: number, op: TextOp, isOwnOp: boolean): number;
  };
}

const { type } = await loadPeer<Library>('ot-text');

function from(op: Op): TextOp {
  return op.map((part) => (typeof part === 'number' && part < 0 ? { d: -part } : part));
}

export const otText: Engine = {
  name: 'ot-text',
  open(text) {
    let doc = text;
    return {
      edit(at, deleted, inserted) {
        const op: TextOp = at > 0 ? [at] : [];
        if (inserted !== '') op.push(inserted);
        if (deleted > 0) op.push({ d: deleted });
        doc = type.apply(doc, op);
      },
      text: () => doc,
    };
  },
};

export const otTextAlgebra: Algebra<TextOp> = {
  name: 'ot-text',
  from,
  apply: (text, op) => type.apply(text, op),
  openText: () => openString((text, op) => type.apply(text, op)),
  transform: (op, other, side) => type.transform(op, other, side),
  transformPair: (left, right) => [type.transform(left, right, 'left'), type.transform(right, left, 'right')],
  compose: (first, second) => type.compose(first, second),
  mapPosition: (op, position) => type.transformSelection(position, op, false),
};
