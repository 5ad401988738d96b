import type { Entry } from '../storage.ts';

/** What is of an entry in a pack; its revision is its place. */
export type PackedEntry = Pick<Entry, 'author' | 'seq' | 'at' | 'op'>;

/** How a pack is written: its first number, for others may follow. */
export const COLUMNS_FORM = 1;
export const JSON_FORM = 2;
