import { BLOCK, blockOut } from '../storage/redaction.ts';
import { occurrences } from './copies.ts';

/** Shorter words than this may be anybody's. */
const OWN_WORDS = 8;

/** What people wrote themselves, with the passage blocked out wherever it stands as a whole. */
export function blockPassage(words: string, passage: string): string {
  return words.includes(passage) ? blockOut(words, occurrences(words, passage)) : words;
}

/** A title or the name of a version: as `blockPassage`; and all of it, if it is itself a part of the passage. */
export function blockName(name: string, passage: string): string {
  if (name.length >= OWN_WORDS && passage.includes(name)) return BLOCK.repeat(name.length);
  return blockPassage(name, passage);
}

/** Is there anything in it that is not blocked out? */
export function isReadable(words: string): boolean {
  return /[^\u2588\n]/.test(words);
}
