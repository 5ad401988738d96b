import { joinColumns, OpLog, packOps, VarintWriter, type Op } from '../../../lib/ot/index.ts';
import type { Entry } from '../storage.ts';
import { DeltaWriter } from './delta-column.ts';
import { COLUMNS_FORM, JSON_FORM, type PackedEntry } from './pack-form.ts';

/** Puts consecutive entries into one pack, without their Yjs bytes. What `unpack` reads. */
export class PackWriter {
  private readonly ops = new OpLog();
  private readonly authorColumn = new VarintWriter();
  private readonly seqColumn = new VarintWriter();
  private readonly timeColumn = new VarintWriter();
  private readonly authors = new DeltaWriter(this.authorColumn);
  private readonly seqs = new DeltaWriter(this.seqColumn);
  private readonly times = new DeltaWriter(this.timeColumn);
  private readonly lastSeq = new Map<number, number>();
  private author = 0;
  private time = 0;
  private isExact = true;

  /** The next entry. */
  push({ author, seq, at, op }: PackedEntry): void {
    this.ops.push(op);
    this.isExact &&=
      this.authors.push(author - this.author) &&
      this.seqs.push(seq - (this.lastSeq.get(author) ?? 0)) &&
      this.times.push(at - this.time) &&
      isSame(op, this.ops.at(this.ops.length - 1));
    this.author = author;
    this.time = at;
    this.lastSeq.set(author, seq);
  }

  /** The pack, with a text beside its entries if there is one to keep. Null if they have something that columns cannot say. */
  done(text: string | null): Uint8Array | null {
    const packed = this.isExact ? packOps(this.ops) : null;
    if (!packed) return null;
    for (const column of [this.authors, this.seqs, this.times]) column.end();
    const head = new VarintWriter();
    head.unsigned(this.ops.length);
    head.unsigned(packed.length);
    head.unsigned(text === null ? 0 : 1);
    const kept = Buffer.from(text ?? '', 'utf8');
    const columns = [head, this.authorColumn, this.seqColumn, this.timeColumn];
    // The text last, so that it lies beside what was inserted, and costs a compressor next to nothing.
    return joinColumns([versionOf(COLUMNS_FORM)], joinColumns(columns, Buffer.concat([packed, kept])));
  }
}

/** A pack of consecutive entries, whatever they are, and of a text. */
export function pack(entries: readonly PackedEntry[], text: string | null = null): Uint8Array {
  const writer = new PackWriter();
  for (const entry of entries) writer.push(entry);
  return writer.done(text) ?? packAsJson(entries, text);
}

/** For entries that no columns can say: an op that is not canonical, half of a surrogate pair, a `seq` out of bounds. */
export function packAsJson(entries: readonly PackedEntry[], text: string | null): Uint8Array {
  const rows = entries.map(({ author, seq, at, op }: Omit<Entry, 'rev'>) => [author, seq, at, op]);
  return joinColumns([versionOf(JSON_FORM)], Buffer.from(JSON.stringify([rows, text]), 'utf8'));
}

function versionOf(form: number): VarintWriter {
  const writer = new VarintWriter();
  writer.unsigned(form);
  return writer;
}

/** Units beyond which the numbers of `packOps` end. No text is so long. */
const MOST_UNITS = 2 ** 28;

function isSame(one: Op, other: Op): boolean {
  if (one.length !== other.length) return false;
  return one.every((part, index) => part === other[index] && (typeof part === 'string' || Math.abs(part) < MOST_UNITS));
}
