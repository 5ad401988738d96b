import {
  apply,
  checkOp,
  compose,
  fitOp,
  invert,
  mapPosition,
  replacement,
  Text,
  transform,
  transformOver,
  transformPair,
  type Op,
} from '../../../lib/ot/index.ts';
import type { Algebra, Engine } from './algebra.ts';

/** Throws unless the op is one that a room would take: the door of the server. */
export function admitted(op: Op, text: Text): Op {
  const fault = checkOp(op) ?? fitOp(op, text);
  if (fault !== null) throw new RangeError(fault.message);
  return op;
}

export const tandem: Engine = {
  name: 'Tandem',
  open(text) {
    const doc = Text.of(text);
    return {
      edit: (at, deleted, inserted) => doc.apply(admitted(replacement(at, deleted, inserted), doc)),
      text: () => doc.toString(),
    };
  },
};

export const tandemAlgebra: Algebra<Op> = {
  name: 'Tandem',
  from: (op) => op,
  apply,
  openText: () => Text.of(''),
  transform,
  transformOver,
  transformPair,
  compose,
  mapPosition: (op, position) => mapPosition(position, op, 'after'),
  invert: (op, text) => invert(op, text as string),
  document: (text) => text,
};
