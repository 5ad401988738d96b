import type { Op, Side } from '../../../lib/ot/index.ts';
import { loadPeer } from '../../kit/peer.ts';
import { openString, type Algebra, type Engine } from './algebra.ts';

type TextOp = (number | string | { d: number | string })[];

interface TextType<Snap> {
  create(): Snap;
  normalize(op: TextOp): TextOp;
  apply(doc: Snap, op: TextOp): Snap;
  transform(op: TextOp, other: TextOp, side: Side): TextOp;
  compose(first: TextOp, second: TextOp): TextOp;
  transformPosition(position: number, op: TextOp): number;
  invert(op: TextOp): TextOp;
  makeInvertible(op: TextOp, doc: Snap): TextOp;
}

interface RopeOf<Snap> {
  create(text: string): Snap;
  toString(doc: Snap): string;
  builder(doc: Snap): { skip(n: number): void; append(text: string): void; del(n: number): void; build(): Snap };
  slice(doc: Snap, start: number, end?: number): string;
}

interface Library {
  type: TextType<string>;
  makeType<Snap>(rope: RopeOf<Snap>): TextType<Snap>;
}

/** The part of jumprope that is used. */
interface Rope {
  insert(at: number, text: string): void;
  del(at: number, length: number): void;
  substring(at: number, length: number): string;
  toString(): string;
  length: number;
}

const library = await loadPeer<Library>('ot-text-unicode');
const { default: Rope } = await loadPeer<{ default: new (text?: string) => Rope }>('jumprope');

function from(op: Op): TextOp {
  return op.map((part) => (typeof part === 'number' && part < 0 ? { d: -part } : part));
}

function edit(at: number, deleted: number, inserted: string): TextOp {
  const op: TextOp = at > 0 ? [at] : [];
  if (inserted !== '') op.push(inserted);
  if (deleted > 0) op.push({ d: deleted });
  return op;
}

/** As it is shipped, on JavaScript's own strings. */
export const otTextUnicode: Engine = {
  name: 'ot-text-unicode',
  open(text) {
    const { type } = library;
    let doc = text;
    return {
      edit: (at, deleted, inserted) => (doc = type.apply(doc, edit(at, deleted, inserted))),
      text: () => doc,
    };
  },
};

/** Over the rope by the same author, through the hook that its documentation names. */
export const otTextUnicodeOverRope: Engine = {
  name: 'ot-text-unicode over jumprope',
  open(text) {
    const type = library.makeType<Rope>({
      create: (given) => new Rope(given),
      toString: (rope) => rope.toString(),
      slice: (rope, start, end = rope.length) => rope.substring(start, end - start),
      builder(rope) {
        let at = 0;
        return {
          skip: (n) => void (at += n),
          append(inserted) {
            rope.insert(at, inserted);
            at += inserted.length;
          },
          del: (n) => rope.del(at, n),
          build: () => rope,
        };
      },
    });
    let doc = new Rope(text);
    return {
      edit: (at, deleted, inserted) => (doc = type.apply(doc, edit(at, deleted, inserted))),
      text: () => doc.toString(),
    };
  },
};

export const otTextUnicodeAlgebra: Algebra<TextOp> = {
  name: 'ot-text-unicode',
  from,
  apply: (text, op) => library.type.apply(text, op),
  openText: () => openString((text, op) => library.type.apply(text, op)),
  transform: (op, other, side) => library.type.transform(op, other, side),
  transformPair: (left, right) => [
    library.type.transform(left, right, 'left'),
    library.type.transform(right, left, 'right'),
  ],
  compose: (first, second) => library.type.compose(first, second),
  mapPosition: (op, position) => library.type.transformPosition(position, op),
  invert: (op, text) => library.type.invert(library.type.makeInvertible(op, text as string)),
  document: (text) => text,
};
