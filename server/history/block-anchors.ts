import type { Op } from '../../lib/ot/index.ts';
import type { SavedAnchor } from '../storage/notes.ts';
import { blockOut, type Redaction, type UnitRange } from '../storage/redaction.ts';
import type { Entry } from '../storage/storage.ts';
import { blockPassage } from './block-words.ts';
import type { UnitLog } from './unit-log.ts';
import type { UnitSet } from './unit-set.ts';

/**
 * Blocks units out of the words of passages. Those of a passage that stands are the text at its revision. Of one that is gone
 * only who deleted it is known, and that it did not go after its revision: so every deletion of theirs that took these very
 * words is taken for the one.
 */
export class BlockedAnchors {
  readonly #wanted: UnitSet;
  readonly #standing = new Map<number, SavedAnchor[]>();
  readonly #gone: SavedAnchor[];
  readonly #ranges = new Map<SavedAnchor, UnitRange[]>();

  constructor(anchors: readonly SavedAnchor[], wanted: UnitSet) {
    this.#wanted = wanted;
    const withWords = anchors.filter(({ anchor }) => anchor.text !== '');
    this.#gone = withWords.filter(({ anchor }) => anchor.gone !== null);
    for (const one of withWords) {
      if (one.anchor.gone === null) {
        const same = this.#standing.get(one.anchor.rev) ?? [];
        this.#standing.set(one.anchor.rev, [...same, one]);
      }
    }
  }

  /** The log is about to apply an entry. */
  before({ rev, author, op }: Pick<Entry, 'rev' | 'author' | 'op'>, log: UnitLog): void {
    const theirs = this.#gone.filter(({ anchor }) => anchor.gone?.author === author && anchor.rev >= rev);
    if (theirs.length === 0) return;
    for (const { from, to } of deleted(op)) {
      const text = log.text.slice(from, to);
      for (const one of theirs) {
        const { text: words } = one.anchor;
        for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
          this.#look(one, log.slice(from + at, from + at + words.length));
        }
      }
    }
  }

  /** The log is at `rev`. */
  at(rev: number, log: UnitLog): void {
    for (const one of this.#standing.get(rev) ?? []) {
      const { from, text } = one.anchor;
      this.#look(one, log.slice(from, Math.min(log.text.length, from + text.length)));
    }
  }

  /** Those whose words are others now. `passage`: blocked out wherever it stands in them, null: nowhere. */
  changed(anchors: readonly SavedAnchor[], passage: string | null): Redaction['anchors'] {
    return anchors.flatMap((one) => {
      const { of, id, anchor } = one;
      const known = blockOut(anchor.text, this.#ranges.get(one) ?? []);
      const text = passage === null ? known : blockPassage(known, passage);
      return text === anchor.text ? [] : [{ of, id, text }];
    });
  }

  #look(anchor: SavedAnchor, units: Uint32Array): void {
    const known = this.#ranges.get(anchor) ?? [];
    units.forEach((unit, at) => {
      if (this.#wanted.has(unit)) known.push({ from: at, to: at + 1 });
    });
    this.#ranges.set(
      anchor,
      known.toSorted((a, b) => a.from - b.from),
    );
  }
}

/** What an op deletes, in the text before it. */
function deleted(op: Op): UnitRange[] {
  const ranges: UnitRange[] = [];
  let at = 0;
  for (const part of op) {
    if (typeof part === 'string') continue;
    if (part < 0) ranges.push({ from: at, to: at - part });
    at += Math.abs(part);
  }
  return ranges;
}
