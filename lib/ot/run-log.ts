import type { Op } from './op.ts';

/** One op, without its text. */
export type Run =
  | { kind: 'edit'; at: number; removed: number; added: number; insertedAt: number; deletedAt: number }
  | { kind: 'parts'; parts: readonly Part[]; insertedAt: number; deletedAt: number };

export interface Part {
  kind: 'keep' | 'insert' | 'delete';
  units: number;
}

/** The parts of an op, without its text. */
export function partsOf(op: Op): Part[] {
  return op.map((part) => {
    if (typeof part === 'string') return { kind: 'insert', units: part.length };
    return part > 0 ? { kind: 'keep', units: part } : { kind: 'delete', units: -part };
  });
}

/** How the edits of a run follow each other. */
const TYPED = 0;
/** Each deletes the unit before that of the last one. */
const BACKWARD = 1;
/** Each deletes the unit that has moved to the same place. */
const FORWARD = 2;
/** One edit of any size. */
const ALONE = 3;
/** One op of several edits. */
const PARTS = 4;

// The numbers of a run, side by side.
const FIRST = 0;
const KIND = 1;
const AT = 2;
/** Edits of the run; of `ALONE` the units inserted, of `PARTS` the number of parts. */
const COUNT = 3;
/** Of `ALONE` the units deleted, of `PARTS` where its parts are. */
const MORE = 4;
const INSERTED = 5;
const DELETED = 6;
const FIELDS = 7;

/** A part is its units, four times, and one of these. */
const PART_KINDS = ['keep', 'insert', 'delete'] as const;

/** Where edits are and how long, as runs of edits that follow each other. Positions and lengths below 2^29. */
export class RunLog {
  /** Edits in all. */
  edits = 0;
  private runs = new Int32Array(FIELDS * 16);
  private end = 0;
  private readonly partLog: number[] = [];

  get bytes(): number {
    return this.runs.byteLength + this.partLog.length * 4;
  }

  /** The next edit; both texts begin at these places of their logs. */
  edit(at: number, removed: number, added: number, insertedAt: number, deletedAt: number): void {
    this.edits++;
    const { runs } = this;
    const last = this.end - FIELDS;
    if (last >= 0 && removed + added === 1) {
      const kind = runs[last + KIND] ?? ALONE;
      const from = runs[last + AT] ?? 0;
      const count = runs[last + COUNT] ?? 0;
      if (added === 1) {
        if (kind === TYPED && at === from + count) {
          runs[last + COUNT] = count + 1;
          return;
        }
      } else if (kind === BACKWARD && at === from - count) {
        runs[last + COUNT] = count + 1;
        return;
      } else if (at === from && (kind === FORWARD || (kind === BACKWARD && count === 1))) {
        runs[last + KIND] = FORWARD;
        runs[last + COUNT] = count + 1;
        return;
      }
    }
    if (added === 1 && removed === 0) this.add(TYPED, at, 1, 0, insertedAt, deletedAt);
    else if (added === 0 && removed === 1) this.add(BACKWARD, at, 1, 0, insertedAt, deletedAt);
    else this.add(ALONE, at, added, removed, insertedAt, deletedAt);
  }

  /** The next op, of any number of edits. */
  parts(parts: readonly Part[], insertedAt: number, deletedAt: number): void {
    this.edits++;
    this.add(PARTS, 0, parts.length, this.partLog.length, insertedAt, deletedAt);
    for (const { kind, units } of parts) this.partLog.push(units * 4 + PART_KINDS.indexOf(kind));
  }

  /** The edit at `index`. Throws a RangeError beyond the end. */
  find(index: number): Run {
    if (!(index >= 0 && index < this.edits)) throw new RangeError(`No op ${index} of ${this.edits}`);
    let low = 0;
    let high = this.end / FIELDS;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.field(middle, FIRST) <= index) low = middle;
      else high = middle;
    }
    const into = index - this.field(low, FIRST);
    const at = this.field(low, AT);
    const insertedAt = this.field(low, INSERTED);
    const deletedAt = this.field(low, DELETED);
    switch (this.field(low, KIND)) {
      case TYPED:
        return { kind: 'edit', at: at + into, removed: 0, added: 1, insertedAt: insertedAt + into, deletedAt };
      case BACKWARD:
        return { kind: 'edit', at: at - into, removed: 1, added: 0, insertedAt, deletedAt: deletedAt + into };
      case FORWARD:
        return { kind: 'edit', at, removed: 1, added: 0, insertedAt, deletedAt: deletedAt + into };
      case ALONE: {
        const [added, removed] = [this.field(low, COUNT), this.field(low, MORE)];
        return { kind: 'edit', at, removed, added, insertedAt, deletedAt };
      }
      default:
        return {
          kind: 'parts',
          parts: this.partsFrom(this.field(low, MORE), this.field(low, COUNT)),
          insertedAt,
          deletedAt,
        };
    }
  }

  /** The first edit of every run, how many follow each other in it, and where each is from the last one. */
  *each(): Generator<{ run: Run; edits: number; direction: -1 | 0 | 1 }> {
    for (let at = 0; at < this.end / FIELDS; at++) {
      const first = this.field(at, FIRST);
      const next = (at + 1) * FIELDS < this.end ? this.field(at + 1, FIRST) : this.edits;
      const kind = this.field(at, KIND);
      const direction = kind === TYPED ? 1 : kind === BACKWARD ? -1 : 0;
      yield { run: this.find(first), edits: next - first, direction };
    }
  }

  private partsFrom(from: number, count: number): Part[] {
    return this.partLog.slice(from, from + count).map((code) => ({
      kind: PART_KINDS[code % 4] ?? 'keep',
      units: Math.floor(code / 4),
    }));
  }

  private add(kind: number, at: number, count: number, more: number, insertedAt: number, deletedAt: number): void {
    if (this.end === this.runs.length) {
      const bigger = new Int32Array(Math.ceil(this.runs.length / FIELDS / 2) * 3 * FIELDS);
      bigger.set(this.runs);
      this.runs = bigger;
    }
    const { runs, end } = this;
    runs[end + FIRST] = this.edits - 1;
    runs[end + KIND] = kind;
    runs[end + AT] = at;
    runs[end + COUNT] = count;
    runs[end + MORE] = more;
    runs[end + INSERTED] = insertedAt;
    runs[end + DELETED] = deletedAt;
    this.end += FIELDS;
  }

  private field(run: number, field: number): number {
    return this.runs[run * FIELDS + field] ?? 0;
  }
}
