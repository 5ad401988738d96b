import { valueStore } from '../ui/value-store.ts';

/** What the history shows when it opens next; null: the text now. */
export type HistoryWish = { kind: 'moment'; rev: number } | { kind: 'since'; rev: number };

export const historyWish = valueStore<HistoryWish | null>(null);

/** Whose work is to be undone, for the dialog that opens next; null: it asks. */
export const undoWish = valueStore<{ authors: readonly number[] } | null>(null);

/** The moment that the history shows, for dialogs beside it; null: the text now. */
export const shownMoment = valueStore<{ rev: number; at: number } | null>(null);

/** A passage of a moment that is to go from the history, for the dialog that opens next; null: what is selected in the text now. */
export const redactWish = valueStore<{ rev: number; from: number; to: number; text: string } | 'nothing' | null>(null);
