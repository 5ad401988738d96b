import { pack } from '../packs/pack-writer.ts';
import { expand, squeezeNow } from '../packs/squeeze.ts';
import { unpack, type Unpacked } from '../packs/unpack.ts';
import type { Entry } from '../storage.ts';
import type { Driver } from './driver.ts';

/** A row of `packs` without its bytes: the entries `from_rev` … `to_rev` of a room. */
export interface PackRow {
  from_rev: number;
  to_rev: number;
  /** Bytes before they were compressed. */
  size: number;
  form: 'plain' | 'squeezed';
  /** Whether the text at `to_rev` is kept beside the entries. */
  has_text: 0 | 1;
}

/** What is put in place of a pack, or of entries. */
export interface NewPack {
  from: number;
  to: number;
  /** When the last entry was taken. */
  at: number;
  size: number;
  form: PackRow['form'];
  hasText: boolean;
  data: Uint8Array;
}

/** Below this, in bytes, nobody waits for a compression that saves a page of the file at most. */
const WORTH_SQUEEZING = 4_096;

const COLUMNS = 'from_rev, to_rev, size, form, has_text';

/** False for a file of a version that knew none. */
export function hasPacks(driver: Driver): boolean {
  return driver.first("select 1 from sqlite_schema where type = 'table' and name = 'packs'") !== undefined;
}

/** The packs of a room that have something of the entries `from` … `to`, ascending. */
export function packsBetween(driver: Driver, room: string, from: number, to: number): PackRow[] {
  const sql = `select ${COLUMNS} from packs where room = ? and to_rev >= ? and from_rev <= ? order by to_rev`;
  return driver.all<PackRow>(sql, room, from, to);
}

export function insertPack(driver: Driver, room: string, made: NewPack): void {
  driver.run(
    'insert into packs (room, to_rev, from_rev, at, size, form, has_text, data) values (?, ?, ?, ?, ?, ?, ?, ?)',
    room,
    made.to,
    made.from,
    made.at,
    made.size,
    made.form,
    Number(made.hasText),
    made.data,
  );
}

/** Returns whether there was one. */
export function deletePack(driver: Driver, room: string, to: number): boolean {
  return driver.run('delete from packs where room = ? and to_rev = ?', room, to) === 1;
}

/** A pack of consecutive entries. `squeezed`: compressed, if that is worth it. */
export function packOf(entries: readonly Entry[], squeezed: boolean): NewPack | null {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return null;
  const bytes = pack(entries);
  const about = { from: first.rev, to: last.rev, at: last.at, size: bytes.length, hasText: false };
  if (!squeezed || bytes.length < WORTH_SQUEEZING) return { ...about, form: 'plain', data: bytes };
  return { ...about, form: 'squeezed', data: squeezeNow(bytes) };
}

/** Opens packs. The last one is remembered while there is memory, since whoever reads a log page by page asks for it again. */
export interface PackReader {
  /** The pack that ends at `to`; undefined if there is none. Throws if it is damaged. */
  open(room: string, to: number): Unpacked | undefined;
}

export function createPackReader(driver: Driver): PackReader {
  let last = new WeakRef<{ data: Buffer; opened: Unpacked }>({ data: Buffer.alloc(0), opened: unpack(pack([])) });

  return {
    open(room, to) {
      const row = driver.first<{ form: PackRow['form']; data: ArrayBuffer }>(
        'select form, data from packs where room = ? and to_rev = ?',
        room,
        to,
      );
      if (!row) return undefined;
      const data = Buffer.from(row.data);
      const known = last.deref();
      // By its bytes, so that a pack that was written anew is never taken for what it was.
      if (known?.data.equals(data)) return known.opened;
      const opened = careful(`${to} of room ${room}`, () => unpack(row.form === 'squeezed' ? expand(data) : data));
      last = new WeakRef({ data, opened });
      return opened;
    },
  };
}

/** The bytes of a pack are not what was written. */
export class DamagedPack extends Error {
  override readonly name = 'DamagedPack';
}

/** Opens a pack that says `DamagedPack` for whatever is wrong with its bytes, whenever that is found. */
function careful(where: string, open: () => Unpacked): Unpacked {
  function attempt<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      // No compressed bytes, no numbers, no JSON.
      if (!(error instanceof Error)) throw error;
      throw new DamagedPack(`The pack at revision ${where} is damaged: ${error.message}`, { cause: error });
    }
  }

  const opened = attempt(open);
  return {
    length: opened.length,
    text: () => attempt(() => opened.text()),
    entry: (index) => attempt(() => opened.entry(index)),
    mark: (index) => attempt(() => opened.mark(index)),
  };
}
