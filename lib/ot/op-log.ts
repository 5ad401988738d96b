import { GrowingText } from './growing-text.ts';
import { OpBuilder } from './op-builder.ts';
import { identity, replacement, type Op } from './op.ts';
import { partsOf, RunLog, type Run } from './run-log.ts';

/**
 * Ops that were applied one after the other, in a few bytes: what people type, one letter behind the other, is one run of
 * numbers, and the text lies in one long row of units. Every op comes back as it was, in any order of asking.
 */
export class OpLog {
  readonly runs: RunLog;
  private readonly text: GrowingText;
  private deleted = 0;

  constructor(runs = new RunLog(), inserted = '') {
    this.runs = runs;
    this.text = new GrowingText();
    this.text.add(inserted, 0, inserted.length);
  }

  /** How many ops it has. */
  get length(): number {
    return this.runs.edits;
  }

  /** Bytes that it takes in memory, nearly. */
  get bytes(): number {
    return this.runs.bytes + this.text.bytes;
  }

  /** All text that was ever inserted. */
  get inserted(): string {
    return this.text.slice(0, this.text.length);
  }

  /** The next op, which is canonical. */
  push(op: Op): void {
    const first = op[0];
    const isShifted = op.length > 1 && typeof first === 'number' && first > 0;
    const at = isShifted ? first : 0;
    const edits = isShifted ? op.length - 1 : op.length;
    const last = op[op.length - 1];
    const removed = typeof last === 'number' ? -last : 0;
    const before = op[op.length - 2];
    const added = typeof last === 'string' ? last : typeof before === 'string' ? before : '';
    const isOneEdit = edits === 1 || (edits === 2 && added !== '' && removed !== 0);
    if (!isOneEdit || removed < 0) return this.pushParts(op);
    this.runs.edit(at, removed, added.length, this.text.length, this.deleted);
    this.text.add(added, 0, added.length);
    this.deleted += removed;
  }

  /** The op at `index`, from 0 on. Throws a RangeError beyond the end. */
  at(index: number): Op {
    const run = this.runs.find(index);
    switch (run.kind) {
      case 'edit':
        return replacement(run.at, run.removed, this.text.slice(run.insertedAt, run.insertedAt + run.added));
      case 'parts':
        return this.opOf(run);
    }
  }

  private pushParts(op: Op): void {
    this.runs.parts(partsOf(op), this.text.length, this.deleted);
    for (const part of op) {
      if (typeof part === 'string') this.text.add(part, 0, part.length);
      else if (part < 0) this.deleted -= part;
    }
  }

  private opOf({ parts, insertedAt }: Run & { kind: 'parts' }): Op {
    const out = new OpBuilder();
    let from = insertedAt;
    for (const { kind, units } of parts) {
      if (kind === 'keep') out.retain(units);
      else if (kind === 'delete') out.remove(units);
      else out.insert(this.text.slice(from, (from += units)));
    }
    return parts.length === 0 ? identity : out.done();
  }
}
