import type { Entry } from '../storage/storage.ts';
import type { Plan, Submission } from './plan.ts';

/**
 * `tried` could not be appended, or was and nobody said so; `log` is what the log has from there on. Edits that are
 * numbered when they are ordered would get another number in the next plan and be written twice, so each that is in the
 * log already keeps the number that it has there. The others stay as they are, updates too: what a Y.Doc has already is not
 * taken twice. Returns the batch to plan again.
 */
export function pinLogged(batch: readonly Submission[], tried: Plan, log: readonly Entry[]): Submission[] {
  const logged = new Map(log.map((entry) => [entry.rev, entry]));
  const planned = new Map(tried.batch.entries.map((entry) => [entry.rev, entry]));
  const outcomes = new Map(tried.outcomes.map(({ submission, outcome }) => [submission, outcome]));
  return batch.map((submission) => {
    const outcome = outcomes.get(submission);
    if (submission.kind !== 'op' || submission.seq !== 'next' || outcome?.kind !== 'logged') return submission;
    const ours = isSame(planned.get(outcome.rev), logged.get(outcome.rev));
    return ours ? { ...submission, seq: outcome.seq } : submission;
  });
}

/** The time is part of it: somebody else's edit with the same number and the same words has another. */
function isSame(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b) return false;
  return a.author === b.author && a.seq === b.seq && a.at === b.at && JSON.stringify(a.op) === JSON.stringify(b.op);
}
