import type { ServerMessage } from '../protocol/index.ts';
import type { Entry } from './document.ts';
import type { Replica } from './replica.ts';

export type EntriesOutcome =
  | 'taken'
  /** Revisions are missing between what we hold and this. Nothing from there on was taken. */
  | 'gap'
  /** The log contradicts what the server said is settled. */
  | 'inconsistent';

/**
 * Takes the entries of a frame into the replica, one at a time (composition is not closed under transform), and tells of
 * each. Those that are held already, delivered twice, are passed over. Throws `Inconsistent` at one that does not fit.
 */
export function takeEntries(
  { rev: first, ops }: ServerMessage & { t: 'ops' },
  replica: Replica,
  taken: (entry: Entry, step: ReturnType<Replica['log']>) => void,
): EntriesOutcome {
  for (const [index, [author, seq, op]] of ops.entries()) {
    const rev = first + index;
    const held = replica.state.rev;
    if (rev <= held) continue;
    if (rev > held + 1) return 'gap';
    const entry = { rev, author, seq, op };
    const step = replica.log(entry);
    taken(entry, step);
    if (!step.consistent) return 'inconsistent';
  }
  return 'taken';
}
