import { compose } from './compose.ts';
import { mapPosition } from './map-position.ts';
import { baseSpan, identity, lengthChange, shifted, type Op } from './op.ts';
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

/** What an edit can touch: chunks from `index` up to `end`, joined. All of it may be within the retain of chunk `end`; there is none then. */
interface Near {
  index: number;
  end: number;
  op: Op;
  /** Units before chunk `index`, in the text before the op and in the one after it. */
  base: number;
  shown: number;
  /** Units of the text before the op that the joined chunks have. */
  span: number;
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

  /** What its costs grow with. */
  get chunkCount(): number {
    return this.chunks.length;
  }

  /** Units inserted plus units deleted. */
  get weight(): number {
    let sum = 0;
    for (const chunk of this.chunks) sum += chunk.weight;
    return sum;
  }

  /** As one array. Put together when it is first asked for. */
  toOp(): Op {
    this.whole ??= joined(this.chunks, 0, this.chunks.length);
    return this.whole;
  }

  /** With the effect of `second`, which is made on the text after it. */
  compose(second: Op): ChunkedOp {
    if (second.length === 0) return this;
    const near = this.near(second, true);
    return this.replaced(near, compose(near.op, shifted(second, -near.shown)), 0);
  }

  /** Both sides of the diamond, with `other` as the left one: this op after `other`, and `other` after this op. */
  alongside(other: Op): { op: ChunkedOp; change: Op } {
    if (other.length === 0) return { op: this, change: other };
    const near = this.near(other, false);
    const [change, op] = transformPair(shifted(other, -near.base), near.op);
    return { op: this.replaced(near, op, lengthChange(other)), change: shifted(change, near.shown) };
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

  /** What `other` can touch, which is made on the text before this op or on the one after it (`isAfter`). */
  private near(other: Op, isAfter: boolean): Near {
    const { chunks } = this;
    const from = keptFirst(other);
    const to = baseSpan(other);
    let index = 0;
    let base = 0;
    let shown = 0;
    for (let chunk = chunks[index]; chunk !== undefined; chunk = chunks[++index]) {
      if ((isAfter ? shown + chunk.shown : base + chunk.base) >= from) break;
      base += chunk.base;
      shown += chunk.shown;
    }
    let end = index;
    let at = isAfter ? shown : base;
    let span = 0;
    for (let chunk = chunks[end]; chunk !== undefined && at + keptFirst(chunk.op) <= to; chunk = chunks[++end]) {
      at += isAfter ? chunk.shown : chunk.base;
      span += chunk.base;
    }
    // What is composed into kept text becomes part of a chunk beside it; chunks come from cutting only.
    const beside = isAfter && end === index ? (chunks[end] ?? chunks[end - 1]) : undefined;
    if (beside && end === chunks.length) {
      index -= 1;
      base -= beside.base;
      shown -= beside.shown;
    } else if (beside) {
      end += 1;
    }
    if (beside) span = beside.base;
    return { index, end, op: joined(chunks, index, end), base, shown, span };
  }

  /** With `op` instead of what was near. `more`: how much longer the text before it has become there. */
  private replaced({ index, end, span }: Near, op: Op, more: number): ChunkedOp {
    const now = chunksOf(op);
    const chunks = this.chunks.slice();
    const behind = chunks[end];
    if (behind) {
      let units = span + more;
      for (const chunk of now) units -= chunk.base;
      if (units !== 0) {
        const { op: last, base, shown, weight } = behind;
        chunks[end] = { op: shifted(last, units), base: base + units, shown: shown + units, weight };
      }
    }
    if (now.length === 1 && end === index + 1 && now[0]) chunks[index] = now[0];
    else chunks.splice(index, end - index, ...now);
    return new ChunkedOp(chunks, null);
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
  let base = 0;
  let shown = 0;
  let weight = 0;
  for (const part of op) {
    if (typeof part === 'string') {
      shown += part.length;
      weight += part.length;
    } else if (part < 0) {
      base -= part;
      weight -= part;
    } else {
      base += part;
      shown += part;
    }
  }
  return { op, base, shown, weight };
}

function joined(chunks: readonly Chunk[], index: number, end: number): Op {
  const first = chunks[index];
  if (!first || end === index) return identity;
  return end === index + 1 ? first.op : chunks.slice(index, end).flatMap(({ op }) => op);
}
