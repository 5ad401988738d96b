import { identity, replacement, type Op } from './op.ts';
import { OpBuilder } from './op-builder.ts';
import { RunLog, type Run } from './run-log.ts';
import type { TextLike } from './text-like.ts';
import { GrowingText } from './growing-text.ts';

/**
 * Ops that were applied one after the other, each with what undoes it, in a few bytes: what people type, one letter behind the
 * other, is one run of numbers, and the text lies in two long rows of units. Nothing is lost: every op comes back as it
 * was, in any order of asking.
 */
export class OpHistory {
  private readonly runs = new RunLog();
  private readonly inserted = new GrowingText();
  private readonly deleted = new GrowingText();

  /** How many ops it has. */
  get length(): number {
    return this.runs.edits;
  }

  /** Bytes that it takes in memory, nearly. */
  get bytes(): number {
    return this.runs.bytes + this.inserted.bytes + this.deleted.bytes;
  }

  /** The next op, which is canonical and fits `text`, the text before it. */
  push(op: Op, text: TextLike): void {
    const first = op[0];
    const isShifted = op.length > 1 && typeof first === 'number' && first > 0;
    const at = isShifted ? first : 0;
    const edits = isShifted ? op.length - 1 : op.length;
    const last = op[op.length - 1];
    const removed = typeof last === 'number' ? -last : 0;
    const before = op[op.length - 2];
    const added = typeof last === 'string' ? last : typeof before === 'string' ? before : '';
    if (edits === 0 || edits > 2 || (edits === 2 && (added === '' || removed === 0))) return this.pushParts(op, text);
    this.runs.edit(at, removed, added.length, this.inserted.length, this.deleted.length);
    if (added !== '') this.inserted.add(added, 0, added.length);
    if (removed !== 0) this.deleted.add(text, at, at + removed);
  }

  /** The op at `index`, from 0 on. Throws a RangeError beyond the end. */
  at(index: number): Op {
    const run = this.runs.find(index);
    switch (run.kind) {
      case 'edit':
        return replacement(run.at, run.removed, this.inserted.slice(run.insertedAt, run.insertedAt + run.added));
      case 'parts':
        return this.partsOf(run);
    }
  }

  /** What undoes the op at `index` on the text after it. Throws a RangeError beyond the end. */
  inverseAt(index: number): Op {
    const run = this.runs.find(index);
    switch (run.kind) {
      case 'edit':
        return replacement(run.at, run.added, this.deleted.slice(run.deletedAt, run.deletedAt + run.removed));
      case 'parts':
        return this.inverseParts(run);
    }
  }

  /** The runs, and all text that was ever inserted. */
  contents(): { runs: RunLog; inserted: string } {
    return { runs: this.runs, inserted: this.inserted.slice(0, this.inserted.length) };
  }

  private pushParts(op: Op, text: TextLike): void {
    this.runs.parts(op, this.inserted.length, this.deleted.length);
    let position = 0;
    for (const part of op) {
      if (typeof part === 'string') {
        this.inserted.add(part, 0, part.length);
      } else {
        if (part < 0) this.deleted.add(text, position, position - part);
        position += Math.abs(part);
      }
    }
  }

  private partsOf({ parts, insertedAt }: Run & { kind: 'parts' }): Op {
    const out = new OpBuilder();
    let from = insertedAt;
    for (const { kind, units } of parts) {
      if (kind === 'keep') out.retain(units);
      else if (kind === 'delete') out.remove(units);
      else out.insert(this.inserted.slice(from, (from += units)));
    }
    return parts.length === 0 ? identity : out.done();
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
