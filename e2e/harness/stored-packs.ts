import type Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';
import { expand } from '../../server/storage/packs/squeeze.ts';
import { unpack, type Unpacked } from '../../server/storage/packs/unpack.ts';

interface Row {
  from_rev: number;
  to_rev: number;
  form: string;
  data: Uint8Array;
}

/** A pack of a room's entries as it lies in the file, opened. */
export interface StoredPack {
  from: number;
  to: number;
  opened: Unpacked;
}

/** All packs of a token's room, or of all rooms, oldest first. */
export function readPacks(database: Database.Database, token: string | null): StoredPack[] {
  const columns = 'from_rev, to_rev, form, data';
  const ofRoom = `select ${columns} from packs where room = (select room from links where token = ?) order by to_rev`;
  const rows =
    token === null
      ? database.prepare(`select ${columns} from packs order by room, to_rev`).all()
      : database.prepare(ofRoom).all(token);
  return (rows as Row[]).map(({ from_rev: from, to_rev: to, form, data }) => {
    const bytes = new Uint8Array(data);
    return { from, to, opened: unpack(form === 'squeezed' ? expand(bytes) : bytes) };
  });
}

/** The entries of a token's room that are in packs, oldest first. */
export function readPacked(
  database: Database.Database,
  token: string,
): { rev: number; author: number; seq: number; op: Op }[] {
  return readPacks(database, token).flatMap(({ from, opened }) =>
    Array.from({ length: opened.length }, (_, index) => {
      const { author, seq, op } = opened.entry(index);
      return { rev: from + index, author, seq, op };
    }),
  );
}
