import { BLOCK } from '../storage/redaction.ts';
import type { Entry } from '../storage/storage.ts';
import type { Plan, Submission } from './plan.ts';

/**
 * None of `tried` could be appended, or one was and nobody said so; `log` is what the log has from there on. Edits that are
 * numbered when they are ordered would get another number in the next plan and be written twice, so each that is in the
 * log already keeps the number that it has there. The others stay as they are, updates too: what a Y.Doc has already is not
 * taken twice. Returns the batch to plan again.
 */
export function pinLogged(batch: readonly Submission[], tried: readonly Plan[], log: readonly Entry[]): Submission[] {
  const logged = new Map(log.map((entry) => [entry.rev, entry]));
  const pinned = new Map<Submission, Submission>();
  for (const { batch: written, outcomes } of tried) {
    const planned = new Map(written.entries.map((entry) => [entry.rev, entry]));
    for (const { submission, outcome } of outcomes) {
      if (submission.kind !== 'op' || submission.seq !== 'next' || outcome.kind !== 'logged') continue;
      if (isSame(planned.get(outcome.rev), logged.get(outcome.rev))) {
        pinned.set(submission, { ...submission, seq: outcome.seq });
      }
    }
  }
  return batch.map((submission) => pinned.get(submission) ?? submission);
}

/** Adds a plan that is about to be written. One that is no other than the last is that one: a disk may be full for hours. */
export function addTried(tried: Plan[], planned: Plan): void {
  const { entries } = planned.batch;
  const before = tried.at(-1)?.batch.entries;
  const isAgain =
    before?.length === entries.length &&
    entries.every((entry, at) => entry.rev === before[at]?.rev && isSame(entry, before[at]));
  if (!isAgain) tried.push(planned);
}

/** The time is part of it: somebody else's edit with the same number and the same words has another. */
function isSame(ours: Entry | undefined, logged: Entry | undefined): boolean {
  if (!ours || !logged) return false;
  const isSameSender = ours.author === logged.author && ours.seq === logged.seq && ours.at === logged.at;
  return (
    isSameSender && ours.op.length === logged.op.length && ours.op.every((part, at) => isSamePart(part, logged.op[at]))
  );
}

/** Letters may have been taken out of the log since. */
function isSamePart(ours: string | number, logged: string | number | undefined): boolean {
  if (typeof ours === 'number' || typeof logged !== 'string') return ours === logged;
  if (ours.length !== logged.length) return false;
  for (let at = 0; at < ours.length; at++) if (logged[at] !== ours[at] && logged[at] !== BLOCK) return false;
  return true;
}
