import type { Entry, EntryMarks } from './storage.ts';

/** The columns of rows. */
export function marksOf(rows: readonly Pick<Entry, 'author' | 'at'>[]): EntryMarks {
  return {
    authors: Uint32Array.from(rows, ({ author }) => author),
    times: Float64Array.from(rows, ({ at }) => at),
  };
}
