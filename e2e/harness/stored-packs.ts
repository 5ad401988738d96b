import { brotliDecompressSync } from 'node:zlib';
import type Database from 'libsql';
import { splitColumns, unpackOps, type Op, type VarintReader } from '../../lib/ot/index.ts';

interface Row {
  from_rev: number;
  form: string;
  data: Uint8Array;
}

interface PackedEntry {
  rev: number;
  author: number;
  seq: number;
  op: Op;
}

/** The entries of a token's room that are in packs, oldest first: what `packs/` of the storage writes, read by other code. */
export function readPacked(database: Database.Database, token: string): PackedEntry[] {
  const rows = database
    .prepare(
      `select from_rev, form, data from packs
       where room = (select room from links where token = ?) order by to_rev`,
    )
    .all(token) as Row[];
  return rows.flatMap(({ from_rev: from, form, data }) => {
    const bytes = new Uint8Array(data);
    return entriesOf(form === 'squeezed' ? brotliDecompressSync(bytes) : bytes, from);
  });
}

function entriesOf(bytes: Uint8Array, from: number): PackedEntry[] {
  const { columns, rest } = splitColumns(bytes, 1);
  if (columns[0]?.unsigned() !== 1) {
    const [rows] = JSON.parse(Buffer.from(rest).toString('utf8')) as [[number, number, number, Op][], unknown];
    return rows.map(([author, seq, , op], index) => ({ rev: from + index, author, seq, op }));
  }
  const inner = splitColumns(rest, 4);
  const [head, authors, seqs] = inner.columns as [VarintReader, VarintReader, VarintReader, VarintReader];
  const [length, opBytes] = [head.unsigned(), head.unsigned()];
  const ops = unpackOps(inner.rest.subarray(0, opBytes));
  const [ofAuthor, ofSeq] = [deltasOf(authors), deltasOf(seqs)];
  const last = new Map<number, number>();
  let author = 0;
  return Array.from({ length }, (_, index) => {
    author += ofAuthor[index] ?? NaN;
    const seq = (last.get(author) ?? 0) + (ofSeq[index] ?? NaN);
    last.set(author, seq);
    return { rev: from + index, author, seq, op: ops.at(index) };
  });
}

/** Differences, each with its sign and whether it repeats folded into one number, and then how often. */
function deltasOf(column: VarintReader): number[] {
  const deltas: number[] = [];
  while (!column.isAtEnd) {
    const code = column.large();
    const folded = Math.floor(code / 2);
    const delta = folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
    for (let left = code % 2 === 1 ? column.unsigned() : 1; left > 0; left--) deltas.push(delta);
  }
  return deltas;
}
