import type { Limits } from './messages.ts';

/** What a client assumes until the first `welcome` tells. The server's own values are configuration. */
export const DEFAULT_LIMITS: Limits = {
  message: 1_048_576,
  document: 2_097_152,
  opsPerSecond: 200,
  bytesPerSecond: 4_194_304,
  catchUp: 100_000,
};

/** Small strings that people give: long enough for any honest use, short enough to send to everybody. UTF-16 units. */
export const MAX_NAME = 40;
export const MAX_TITLE = 200;
export const MAX_LANGUAGE = 40;
/** A password is typed by a person; longer ones only cost hashing time. UTF-16 units. */
export const MAX_PASSWORD = 200;
/** `person` is an id that the browser made at random; ours has 22 characters. */
export const MAX_PERSON = 64;
/** Carets of one client; more than any editor draws usefully. */
export const MAX_RANGES = 64;
/** How many author colours there are (LOOK: author-1 … author-12). */
export const COLORS = 12;
/** A chat message or a comment: a few paragraphs; what is longer belongs into the text. UTF-16 units. */
export const MAX_NOTE = 4_000;
/** Of the passage that a note is about, as it is shown beside the note. UTF-16 units. */
export const MAX_PASSAGE = 500;
/** What a version is called: one line of a list. UTF-16 units. */
export const MAX_VERSION_NAME = 80;
