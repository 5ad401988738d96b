import { valueStore, type ValueStore } from '../ui/value-store.ts';

/** A file that waits for an answer: the room has a text already. */
export interface ImportQuestion {
  name: string;
  text: string;
  /** Where it was dropped, in CSS pixels of the window; null if it was chosen. */
  at: { x: number; y: number } | null;
}

export const importQuestion: ValueStore<ImportQuestion | null> = valueStore<ImportQuestion | null>(null);
