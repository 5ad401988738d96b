import { compose, type Op } from '../ot/index.ts';

/** A delta with more inserted units than this takes longer to write than it saves. */
const MOST_UNITS = 16_384;
/** Composing costs the sum of the parts at every revision, so a delta must not grow without end. */
const MOST_PARTS = 512;

/**
 * How the confirmed text differs from the one that is in the journal: as an op while that is small, then the text has to
 * be written again. Composition is exact for applying; nothing is ever transformed along it.
 */
export class BaseText {
  /** Null: the text in the journal is of no use any more, or there is none. */
  #delta: Op | null;

  constructor(delta: Op | null) {
    this.#delta = delta;
  }

  get delta(): Op | null {
    return this.#delta;
  }

  /** The confirmed text has changed by `op`. */
  changed(op: Op): void {
    if (this.#delta === null) return;
    const delta = compose(this.#delta, op);
    this.#delta = delta.length > MOST_PARTS || inserted(delta) > MOST_UNITS ? null : delta;
  }

  /** The confirmed text is another one, or the one in the journal cannot be relied on. */
  lost(): void {
    this.#delta = null;
  }

  /** The confirmed text as it is now is being written. */
  written(): void {
    this.#delta = [];
  }
}

function inserted(op: Op): number {
  let units = 0;
  for (const part of op) if (typeof part === 'string') units += part.length;
  return units;
}
