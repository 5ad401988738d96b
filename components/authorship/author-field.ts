import {
  Facet,
  RangeSet,
  StateEffect,
  StateField,
  type ChangeSet,
  type Extension,
  type Transaction,
} from '@codemirror/state';
import { changesFromOp } from '../editor/op-changes.ts';
import { remote, remoteParts } from '../editor/remote-annotation.ts';
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
      for (const { changes, author, at } of editsOf(transaction)) runs = runsAfter(runs, changes, author, at);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setRuns)) runs = effect.value;
      else if (effect.is(setNames)) names = effect.value;
    }
    return runs === value.runs && names === value.names ? value : { runs, names };
  },
});

/** What one author did. */
export interface AuthoredEdit {
  changes: ChangeSet;
  author: number;
  at: number;
}

/** Who did what in a transaction, in order; author 0 for nobody known, which is what a rebase brings. */
export function editsOf(transaction: Transaction): AuthoredEdit[] {
  const { you, now } = transaction.startState.facet(writer);
  const from = transaction.annotation(remote);
  const at = now();
  const parts = transaction.annotation(remoteParts);
  if (parts === undefined) {
    return [{ changes: transaction.changes, author: from === undefined ? you() : (from ?? 0), at }];
  }
  let { length } = transaction.startState.doc;
  return parts.map(({ op, author }) => {
    const changes = changesFromOp(op, length);
    length = changes.newLength;
    return { changes, author, at };
  });
}

export function authorRuns(who: Writer): Extension {
  return [writer.of(who), authorField];
}
