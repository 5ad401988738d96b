import { GrowingText } from './growing-text.ts';
import { OpBuilder } from './op-builder.ts';
import { OpLog } from './op-log.ts';
import { replacement, type Op } from './op.ts';
import type { Run } from './run-log.ts';
import type { TextLike } from './text-like.ts';

/** An `OpLog` that keeps what its ops deleted as well, so that it knows what undoes each of them. */
export class OpHistory {
  private readonly log = new OpLog();
  private readonly deleted = new GrowingText();

  /** How many ops it has. */
  get length(): number {
    return this.log.length;
  }

  /** Bytes that it takes in memory, nearly. */
  get bytes(): number {
    return this.log.bytes + this.deleted.bytes;
  }

  /** The next op, which is canonical and fits `text`, the text before it. */
  push(op: Op, text: TextLike): void {
    this.log.push(op);
    let position = 0;
    for (const part of op) {
      if (typeof part === 'string') continue;
      if (part < 0) this.deleted.add(text, position, position - part);
      position += Math.abs(part);
    }
  }

  /** The op at `index`, from 0 on. Throws a RangeError beyond the end. */
  at(index: number): Op {
    return this.log.at(index);
  }

  /** What undoes the op at `index` on the text after it. Throws a RangeError beyond the end. */
  inverseAt(index: number): Op {
    const run = this.log.runs.find(index);
    switch (run.kind) {
      case 'edit':
        return replacement(run.at, run.added, this.deleted.slice(run.deletedAt, run.deletedAt + run.removed));
      case 'parts':
        return this.inverseParts(run);
    }
  }

  private inverseParts({ parts, deletedAt }: Run & { kind: 'parts' }): Op {
    const out = new OpBuilder();
    let from = deletedAt;
    for (const { kind, units } of parts) {
      if (kind === 'keep') out.retain(units);
      else if (kind === 'insert') out.remove(units);
      else out.insert(this.deleted.slice(from, (from += units)));
    }
    return out.done();
  }
}
