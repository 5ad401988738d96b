import { MAX_PASSAGE } from '../../lib/protocol/index.ts';
import type { SavedAnchor, StoredAnchor } from '../storage/notes.ts';

/** What passages are cut from. */
interface Units {
  slice(from: number, to: number): string;
  charCodeAt(position: number): number;
}

/** A passage in memory, moved on in place with every entry that is applied. */
export interface Followed extends Pick<SavedAnchor, 'of' | 'id'> {
  readonly anchor: StoredAnchor;
}

/** What is between two positions, cut to what is shown of a passage, and never within a pair. */
export function passageText(text: Units, from: number, to: number): string {
  const end = Math.min(to, from + MAX_PASSAGE);
  return text.slice(from, end < to && isLow(text.charCodeAt(end)) ? end - 1 : end);
}

/** The same passage without half pairs at its ends: with the whole of them. */
export function wholePairs(text: Units, from: number, to: number): { from: number; to: number } {
  const halved = (position: number): boolean =>
    isLow(text.charCodeAt(position)) && isHigh(text.charCodeAt(position - 1));
  return { from: halved(from) ? from - 1 : from, to: halved(to) ? to + 1 : to };
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
