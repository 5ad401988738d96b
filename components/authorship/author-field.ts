import { Facet, RangeSet, StateEffect, StateField, type Extension, type Transaction } from '@codemirror/state';
import { remote } from '../editor/remote-annotation.ts';
import { runsAfter, type AuthorRuns } from './author-runs.ts';
import type { AuthorNames } from './read-authorship.ts';

/** Who wrote the text that the editor shows. */
export interface Written {
  runs: AuthorRuns;
  names: AuthorNames;
}

/** The person at this screen, and the time: own letters are theirs, now. */
export interface Writer {
  /** Author number; 0 before the first welcome. */
  you: () => number;
  /** Unix milliseconds. */
  now: () => number;
}

const writer = Facet.define<Writer, Writer>({
  combine: ([first]) => first ?? { you: () => 0, now: () => 0 },
});

/** The server has said who wrote all of it. */
export const setRuns = StateEffect.define<AuthorRuns>();
/** Names and colours of authors, in place of the ones before. */
export const setNames = StateEffect.define<AuthorNames>();

export const authorField = StateField.define<Written>({
  create: () => ({ runs: RangeSet.empty, names: new Map() }),
  update(value, transaction) {
    let { runs, names } = value;
    if (transaction.docChanged) {
      const { author, at } = authorOf(transaction);
      runs = runsAfter(runs, transaction.changes, author, at);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setRuns)) runs = effect.value;
      else if (effect.is(setNames)) names = effect.value;
    }
    return runs === value.runs && names === value.names ? value : { runs, names };
  },
});

/** Whose edit a transaction is; author 0 for nobody known, which is what a rebase brings. */
export function authorOf(transaction: Transaction): { author: number; at: number } {
  const { you, now } = transaction.startState.facet(writer);
  const from = transaction.annotation(remote);
  return { author: from === undefined ? you() : (from ?? 0), at: now() };
}

export function authorRuns(who: Writer): Extension {
  return [writer.of(who), authorField];
}
