import { OpLog } from './op-log.ts';
import { RunLog, type Part } from './run-log.ts';
import { VarintReader, VarintWriter } from './varints.ts';

/** What a part of an op of several edits is; its units are beside it. */
const PARTS: readonly Part['kind'][] = ['keep', 'insert', 'delete'];

/** Columns of the form, each of like numbers, so that a compressor finds what repeats. */
const COLUMNS = 5;

/**
 * Ops as bytes: what a run is, how long, how far from the last one, and the inserted text in UTF-8. What was deleted
 * is left out, for whoever replays it comes by it. About a byte for each edit of a person, and a third of that when compressed.
 * Null if the inserted text has half of a surrogate pair, which UTF-8 cannot say.
 */
export function packOps(log: OpLog): Uint8Array | null {
  const { runs, inserted } = log;
  if (!isWellFormed(inserted)) return null;
  const columns = Array.from({ length: COLUMNS }, () => new VarintWriter());
  const [heads, places, added, removed, parts] = columns as [
    VarintWriter,
    VarintWriter,
    VarintWriter,
    VarintWriter,
    VarintWriter,
  ];
  let cursor = 0;
  for (const { run, edits, direction } of runs.each()) {
    // Runs that go forth, back or nowhere, and 3 for an op of several edits.
    heads.unsigned(edits * 4 + (run.kind === 'parts' ? 3 : direction + 1));
    if (run.kind === 'parts') {
      parts.unsigned(run.parts.length);
      for (const { kind, units } of run.parts) parts.unsigned(units * 3 + PARTS.indexOf(kind));
      continue;
    }
    places.signed(run.at - cursor);
    cursor = run.at + (edits - 1) * direction + run.added;
    if (direction !== 0) continue;
    added.unsigned(run.added);
    removed.unsigned(run.removed);
  }
  return joinColumns(columns, new TextEncoder().encode(inserted));
}

/** The ops that `bytes` are of. Throws a RangeError if they are not of `packOps`. */
export function unpackOps(bytes: Uint8Array): OpLog {
  const { columns, rest } = splitColumns(bytes, COLUMNS);
  const [heads, places, added, removed, parts] = columns as [
    VarintReader,
    VarintReader,
    VarintReader,
    VarintReader,
    VarintReader,
  ];
  const runs = new RunLog();
  let cursor = 0;
  let insertedAt = 0;
  let deletedAt = 0;
  while (!heads.isAtEnd) {
    const head = heads.unsigned();
    const edits = Math.floor(head / 4);
    if (head % 4 === 3) {
      const all = partsFrom(parts);
      runs.parts(all, insertedAt, deletedAt);
      for (const { kind, units } of all) {
        if (kind === 'insert') insertedAt += units;
        if (kind === 'delete') deletedAt += units;
      }
      continue;
    }
    const direction = (head % 4) - 1;
    let at = cursor + places.signed();
    const [more, gone] = direction === 0 ? [added.unsigned(), removed.unsigned()] : direction > 0 ? [1, 0] : [0, 1];
    for (let edit = 0; edit < edits; edit++, at += direction) {
      runs.edit(at, gone, more, insertedAt, deletedAt);
      insertedAt += more;
      deletedAt += gone;
    }
    cursor = at - direction + more;
  }
  // A mark at its beginning is one that somebody wrote.
  const inserted = new TextDecoder('utf-8', { ignoreBOM: true }).decode(rest);
  if (inserted.length !== insertedAt) throw new RangeError(`${inserted.length} units were inserted, not ${insertedAt}`);
  return new OpLog(runs, inserted);
}

function partsFrom(parts: VarintReader): Part[] {
  return Array.from({ length: parts.unsigned() }, () => {
    const code = parts.unsigned();
    return { kind: PARTS[code % 3] ?? 'keep', units: Math.floor(code / 3) };
  });
}

/** Columns behind each other, the length of each before them all, and `rest` behind. */
export function joinColumns(columns: readonly VarintWriter[], rest: Uint8Array): Uint8Array {
  const lengths = new VarintWriter();
  for (const column of columns) lengths.unsigned(column.done().length);
  const parts = [lengths.done(), ...columns.map((column) => column.done()), rest];
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What `joinColumns` joined, if there were `count` columns. Throws a RangeError where the bytes end. */
export function splitColumns(bytes: Uint8Array, count: number): { columns: VarintReader[]; rest: Uint8Array } {
  const all = new VarintReader(bytes);
  const lengths = Array.from({ length: count }, () => all.unsigned());
  const columns = lengths.map((length) => new VarintReader(all.take(length)));
  return { columns, rest: all.rest() };
}

/** Whether no half of a surrogate pair stands alone. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
