import { OpBuilder } from './op-builder.ts';
import { replacement, type Op } from './op.ts';
import { OpHistory } from './op-history.ts';
import { Text } from './text.ts';
import { VarintReader, VarintWriter } from './varints.ts';

/** What a part of an op of several edits is; its units are beside it. */
const PART = { keep: 0, insert: 1, delete: 2 } as const;

/** Columns of the form, each of like numbers, so that a compressor finds what repeats. */
const COLUMNS = 5;

/**
 * A history as bytes: what a run is, how long, how far from the last one, and the inserted text in UTF-8. What was deleted
 * is left out, for whoever replays it comes by it. About a byte for each edit of a person, and a third of that when compressed.
 */
export function packHistory(history: OpHistory): Uint8Array {
  const { runs, inserted } = history.contents();
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
      for (const { kind, units } of run.parts) parts.unsigned(units * 3 + PART[kind]);
      continue;
    }
    places.signed(run.at - cursor);
    cursor = run.at + (edits - 1) * direction + run.added;
    if (direction !== 0) continue;
    added.unsigned(run.added);
    removed.unsigned(run.removed);
  }
  const text = new TextEncoder().encode(inserted);
  const lengths = new VarintWriter();
  for (const column of columns) lengths.unsigned(column.done().length);
  return joined([lengths.done(), ...columns.map((column) => column.done()), text]);
}

/** The history that `bytes` are of; `before` is the text before its first op. Throws a RangeError if they do not fit. */
export function unpackHistory(bytes: Uint8Array, before: string): OpHistory {
  const all = new VarintReader(bytes);
  const lengths = Array.from({ length: COLUMNS }, () => all.unsigned());
  const [heads, places, added, removed, parts] = lengths.map((length) => new VarintReader(all.take(length))) as [
    VarintReader,
    VarintReader,
    VarintReader,
    VarintReader,
    VarintReader,
  ];
  const inserted = new TextDecoder().decode(all.rest());
  const history = new OpHistory();
  const text = Text.of(before);
  let cursor = 0;
  let from = 0;
  const take = (units: number): string => inserted.slice(from, (from += units));
  const push = (op: Op): void => {
    history.push(op, text);
    text.apply(op);
  };
  while (!heads.isAtEnd) {
    const head = heads.unsigned();
    const edits = Math.floor(head / 4);
    if (head % 4 === 3) {
      push(partsOp(parts, take));
      continue;
    }
    const direction = (head % 4) - 1;
    let at = cursor + places.signed();
    const [more, gone] = direction === 0 ? [added.unsigned(), removed.unsigned()] : direction > 0 ? [1, 0] : [0, 1];
    for (let edit = 0; edit < edits; edit++, at += direction) push(replacement(at, gone, take(more)));
    cursor = at - direction + more;
  }
  return history;
}

function partsOp(parts: VarintReader, take: (units: number) => string): Op {
  const op = new OpBuilder();
  for (let count = parts.unsigned(); count > 0; count--) {
    const code = parts.unsigned();
    const units = Math.floor(code / 3);
    if (code % 3 === PART.keep) op.retain(units);
    else if (code % 3 === PART.insert) op.insert(take(units));
    else op.remove(units);
  }
  return op.done();
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
