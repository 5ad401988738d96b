import { valueStore } from '../ui/value-store.ts';

/** What the pill says while a moment of the past stands in place of the text: "As of 21 Nov, 16:48". Null: the text now. */
export const pastMoment = valueStore<string | null>(null);
