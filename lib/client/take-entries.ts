import type { ServerMessage } from '../protocol/index.ts';
import type { Entry } from './document.ts';
import type { Replica } from './replica.ts';

export type EntriesOutcome =
  | 'taken'
  /** Some were taken, and the turn is over. */
  | 'over'
  /** Revisions are missing between what we hold and this. Nothing from there on was taken. */
  | 'gap'
  /** The log contradicts what the server said is settled. */
  | 'inconsistent';

/**
 * Takes the entries of a frame into the replica, one at a time (composition is not closed under transform), and tells of
 * each, until `isOver`; at least one. Those that are held already, delivered twice, are passed over. Throws `Inconsistent`
 * at one that does not fit.
 */
export function takeEntries(
  { rev: first, ops }: ServerMessage & { t: 'ops' },
  replica: Replica,
  isOver: () => boolean,
  taken: (entry: Entry, step: ReturnType<Replica['log']>) => void,
): EntriesOutcome {
  let rev = first - 1;
  for (const [author, seq, op] of ops) {
    rev += 1;
    const held = replica.state.rev;
    if (rev <= held) continue;
    if (rev > held + 1) return 'gap';
    const entry = { rev, author, seq, op };
    const step = replica.log(entry);
    taken(entry, step);
    if (!step.consistent) return 'inconsistent';
    if (rev + 1 < first + ops.length && isOver()) return 'over';
  }
  return 'taken';
}

/** The frame without the entries before `rev`. */
export function entriesFrom(frame: ServerMessage & { t: 'ops' }, rev: number): ServerMessage {
  return { ...frame, rev, ops: frame.ops.slice(rev - frame.rev) };
}
