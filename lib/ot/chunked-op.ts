import { compose } from './compose.ts';
import { mapPosition } from './map-position.ts';
import { baseSpan, identity, lengthChange, shifted, weight, type Op } from './op.ts';
import { transformPair } from './transform.ts';

/**
 * A chunk of more parts is cut. Walking through one costs some ns a part, finding it about one ns a chunk: ops of 10,000 parts want chunks
 * of about 50.
 */
const MOST_PARTS = 64;

/** Some parts of an op. All but the first chunk begin with a retain, and all end with an edit, so that only kept text is between two. */
interface Chunk {
  op: Op;
  /** Units of the text before the op. */
  base: number;
  /** Units of the text after it. */
  shown: number;
  /** Units inserted plus units deleted. */
  weight: number;
}

/**
 * An op of possibly very many parts, as a list of chunks: an edit is composed onto it, or moved over it and it over that, at a
 * price that hardly depends on how many there are. Exactly what `compose` and `transformPair` give, in canonical form: an edit that lies strictly
 * within kept text neither ties nor meets with what is beyond. Never changes.
 */
export class ChunkedOp {
  private readonly chunks: readonly Chunk[];
  private whole: Op | null;

  private constructor(chunks: readonly Chunk[], whole: Op | null) {
    this.chunks = chunks;
    this.whole = whole;
  }

  static of(op: Op): ChunkedOp {
    return new ChunkedOp(chunksOf(op), op);
  }

  get isIdentity(): boolean {
    return this.chunks.length === 0;
  }

  /** Units inserted plus units deleted. */
  get weight(): number {
    let sum = 0;
    for (const chunk of this.chunks) sum += chunk.weight;
    return sum;
  }

  /** As one array. Put together when it is first asked for. */
  toOp(): Op {
    this.whole ??= joined(this.chunks);
    return this.whole;
  }

  /** With the effect of `second`, which is made on the text after it. */
  compose(second: Op): ChunkedOp {
    return this.meet(second, true).op;
  }

  /** Both sides of the diamond, with `other` as the left one: this op after `other`, and `other` after this op. */
  alongside(other: Op): { op: ChunkedOp; change: Op } {
    return this.meet(other, false);
  }

  /** As `mapPosition` of the whole op. */
  mapPosition(position: number, bias: 'before' | 'after'): number {
    let base = 0;
    let shown = 0;
    for (const chunk of this.chunks) {
      if (base + chunk.base >= position) return shown + mapPosition(position - base, chunk.op, bias);
      base += chunk.base;
      shown += chunk.shown;
    }
    return position - base + shown;
  }

  /**
   * Replaces the chunks that `other` can touch, and at least one, since new chunks come from cutting only. It is made on the text before this op, or
   * composed: made on the one after it.
   */
  private meet(other: Op, isComposed: boolean): { op: ChunkedOp; change: Op } {
    if (other.length === 0) return { op: this, change: other };
    const chunks = this.chunks.slice();
    const from = keptFirst(other);
    const to = baseSpan(other);
    let index = 0;
    let base = 0;
    let shown = 0;
    for (let chunk = chunks[0]; chunk !== undefined && index < chunks.length - 1; chunk = chunks[++index]) {
      if ((isComposed ? shown + chunk.shown : base + chunk.base) >= from) break;
      base += chunk.base;
      shown += chunk.shown;
    }
    const start = isComposed ? shown : base;
    let end = index;
    let at = start;
    let span = 0;
    let chunk = chunks[end];
    while (chunk !== undefined && (end === index || at + keptFirst(chunk.op) <= to)) {
      at += isComposed ? chunk.shown : chunk.base;
      span += chunk.base;
      chunk = chunks[++end];
    }
    const near = joined(chunks.slice(index, end));
    const moved = shifted(other, -start);
    const [change, op] = isComposed ? [moved, compose(near, moved)] : transformPair(moved, near);
    const now = chunksOf(op);
    // The kept text before the next chunk begins where the new ones end.
    if (chunk !== undefined) {
      let units = span + (isComposed ? 0 : lengthChange(other));
      for (const { base } of now) units -= base;
      const { op, base, shown, weight } = chunk;
      chunks[end] = { op: shifted(op, units), base: base + units, shown: shown + units, weight };
    }
    chunks.splice(index, end - index, ...now);
    return { op: new ChunkedOp(chunks, null), change: shifted(change, shown) };
  }
}

/** How many units the op keeps before its first edit. */
function keptFirst(op: Op): number {
  const [first] = op;
  return typeof first === 'number' && first > 0 ? first : 0;
}

function chunksOf(op: Op): Chunk[] {
  if (op.length === 0) return [];
  if (op.length <= MOST_PARTS) return [chunkOf(op)];
  const chunks: Chunk[] = [];
  let start = 0;
  for (const [index, part] of op.entries()) {
    if (index - start < MOST_PARTS / 2 || typeof part === 'string' || part < 0) continue;
    chunks.push(chunkOf(op.slice(start, index)));
    start = index;
  }
  chunks.push(chunkOf(op.slice(start)));
  return chunks;
}

function chunkOf(op: Op): Chunk {
  const base = baseSpan(op);
  return { op, base, shown: base + lengthChange(op), weight: weight(op) };
}

function joined(chunks: readonly Chunk[]): Op {
  const [first] = chunks;
  if (!first) return identity;
  return chunks.length === 1 ? first.op : chunks.flatMap(({ op }) => op);
}
