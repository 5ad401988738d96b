import type { Driver } from './driver.ts';

/**
 * The free middle of a page of a table or index lies between the list of its cells and the cells themselves
 * (https://www.sqlite.org/fileformat.html §1.6). When SQLite spreads cells over other pages, copies of those that moved
 * stay there, and `secure_delete` does not see them: they outlive the row. This makes the middle zeros.
 */

/** By the first byte of a page: how long its header is. Other pages have no cells. */
const HEADER_LENGTHS: ReadonlyMap<number, number> = new Map([
  [0x02, 12],
  [0x05, 12],
  [0x0a, 8],
  [0x0d, 8],
]);
const CELLS_AT = 3;
const CONTENT_AT = 5;

/**
 * The other kinds of pages begin with a page number, of which the first byte is the highest. From this one on it could
 * look like the first byte of a page with cells: a file of 128 GiB.
 */
const FIRST_AMBIGUOUS_PAGE = 0x0200_0000;

/** SQL has no other way from a byte to its number than its place among all bytes. */
const ALL_BYTES = `x'${Buffer.from(Array.from({ length: 256 }, (_, value) => value)).toString('hex')}'`;
const byteAt = (offset: number): string => `(instr(${ALL_BYTES}, substr(head, ${offset + 1}, 1)) - 1)`;
const numberAt = (offset: number): string => `(${byteAt(offset)} * 256 + ${byteAt(offset + 1)})`;
const headerLength = [...HEADER_LENGTHS].map(([kind, length]) => `when ${kind} then ${length}`).join(' ');

/**
 * In SQL, since most pages are clean, and handing each over would take five times as long. Page by page, since
 * `sqlite_dbpage` finds a single page at once, and goes through all of them for a range; and each named once, since
 * whoever names `data` gets a copy of the page.
 */
const DIRTY = `
  with recursive numbers (number) as (
    select ? union all select number + 1 from numbers where number < ?
  ), heads as materialized (
    select number, substr(data, 1, 8) as head from numbers cross join sqlite_dbpage on pgno = number
  ), gaps as materialized (
    select number, (case ${byteAt(0)} ${headerLength} end) + 2 * ${numberAt(CELLS_AT)} as start,
      ${numberAt(CONTENT_AT)} as stop
    from heads
  )
  select pgno, data from gaps cross join sqlite_dbpage on pgno = number
  where start < stop and substr(data, start + 1, stop - start) <> zeroblob(stop - start)`;

/**
 * Cleans the pages `from` … `to` inclusive, in a transaction that the caller has begun. The first page of a file is left
 * alone: it describes the tables. Nor is anything done in a file of 128 GiB or more.
 */
export function clearGaps(driver: Driver, from: number, to: number): void {
  if (pageCount(driver) >= FIRST_AMBIGUOUS_PAGE) return;
  for (const { pgno, data } of driver.all<{ pgno: number; data: ArrayBuffer }>(DIRTY, Math.max(from, 2), to)) {
    const page = Buffer.from(data);
    const header = HEADER_LENGTHS.get(page.readUInt8(0)) ?? page.length;
    page.fill(0, header + 2 * page.readUInt16BE(CELLS_AT), page.readUInt16BE(CONTENT_AT));
    driver.run('update sqlite_dbpage set data = ? where pgno = ?', page, pgno);
  }
}

export function pageCount(driver: Driver): number {
  return driver.first<{ page_count: number }>('pragma page_count')?.page_count ?? 0;
}
