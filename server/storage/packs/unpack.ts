import { splitColumns, unpackOps, type Op, type OpLog, type VarintReader } from '../../../lib/ot/index.ts';
import { readDeltas } from './delta-column.ts';
import { COLUMNS_FORM, JSON_FORM, type PackedEntry } from './pack-form.ts';

/** A pack that was opened. Entries by their index, from 0 on. */
export interface Unpacked {
  readonly length: number;
  /** The text that was kept beside the entries; null if there is none. */
  text(): string | null;
  entry(index: number): PackedEntry;
  /** Who made an entry and when, without what it did. */
  mark(index: number): { author: number; at: number };
}

interface Columns {
  authors: Float64Array;
  seqs: Float64Array;
  times: Float64Array;
}

/** Opens what `PackWriter` wrote, column by column as they are asked for. Throws a RangeError if it is something else. */
export function unpack(bytes: Uint8Array): Unpacked {
  const { columns, rest } = splitColumns(bytes, 1);
  const form = columns[0]?.unsigned();
  switch (form) {
    case COLUMNS_FORM:
      return fromColumns(rest);
    case JSON_FORM:
      return fromJson(rest);
    default:
      throw new RangeError(`A pack of the form ${form} is of a newer version.`);
  }
}

function fromColumns(bytes: Uint8Array): Unpacked {
  const { columns, rest } = splitColumns(bytes, 4);
  const [head, ...others] = columns as [VarintReader, VarintReader, VarintReader, VarintReader];
  const [length, opBytes, hasText] = [head.unsigned(), head.unsigned(), head.unsigned() === 1];
  if (opBytes > rest.length) throw new RangeError(`No ${opBytes} bytes of ops are in a pack of ${bytes.length}.`);
  let known: Columns | null = null;
  let ops: OpLog | null = null;

  function numbers(): Columns {
    return (known ??= readColumns(length, others));
  }

  function op(index: number): Op {
    ops ??= unpackOps(rest.subarray(0, opBytes));
    return ops.at(index);
  }

  return {
    length,
    text: () => (hasText ? Buffer.from(rest.subarray(opBytes)).toString('utf8') : null),
    mark: (index) => ({ author: at(numbers().authors, index), at: at(numbers().times, index) }),
    entry(index) {
      const { authors, seqs, times } = numbers();
      return { author: at(authors, index), seq: at(seqs, index), at: at(times, index), op: op(index) };
    },
  };
}

function readColumns(
  length: number,
  [ofAuthors, ofSeqs, ofTimes]: readonly [VarintReader, VarintReader, VarintReader],
): Columns {
  const made = {
    authors: new Float64Array(length),
    seqs: new Float64Array(length),
    times: new Float64Array(length),
  };
  let author = 0;
  readDeltas(ofAuthors, length, (delta, index) => void (made.authors[index] = author += delta));
  const lastSeq = new Map<number, number>();
  let by = 0;
  let seq = 0;
  readDeltas(ofSeqs, length, (delta, index) => {
    const writer = made.authors[index] ?? 0;
    // Mostly one person writes for a while.
    if (writer !== by) {
      lastSeq.set(by, seq);
      by = writer;
      seq = lastSeq.get(by) ?? 0;
    }
    made.seqs[index] = seq += delta;
  });
  let time = 0;
  readDeltas(ofTimes, length, (delta, index) => void (made.times[index] = time += delta));
  return made;
}

function fromJson(bytes: Uint8Array): Unpacked {
  // Only `packAsJson` writes this form.
  const [rows, text] = JSON.parse(Buffer.from(bytes).toString('utf8')) as [
    [number, number, number, Op][],
    string | null,
  ];

  function entry(index: number): PackedEntry {
    const row = rows[index];
    if (!row) throw new RangeError(`No entry ${index} of ${rows.length}`);
    return { author: row[0], seq: row[1], at: row[2], op: row[3] };
  }

  return { length: rows.length, text: () => text, entry, mark: entry };
}

function at(column: Float64Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new RangeError(`No entry ${index} of ${column.length}`);
  return value;
}
