import type { HistoryApi } from './history-api.ts';

/** Since when somebody's work is taken back: a while, the day's beginning, or the moment that the timeline shows. */
export type UndoSince = 'minutes' | 'hour' | 'today' | 'moment';

const MINUTE_MS = 60_000;

/** When that was, ms since 1970. `moment`: of the timeline. */
export function sinceTime(since: UndoSince, now: number, moment: { at: number } | null): number {
  switch (since) {
    case 'minutes':
      return now - 10 * MINUTE_MS;
    case 'hour':
      return now - 60 * MINUTE_MS;
    case 'today':
      return new Date(now).setHours(0, 0, 0, 0);
    case 'moment':
      return moment?.at ?? now;
  }
}

/** The revision after which work is taken back. */
export function sinceRevision(
  since: UndoSince,
  at: number,
  moment: { rev: number } | null,
  api: Pick<HistoryApi, 'since'>,
  signal: AbortSignal,
): Promise<number> {
  // Several revisions may share a time; on the timeline one of them was chosen.
  if (since === 'moment' && moment !== null) return Promise.resolve(moment.rev);
  return api.since(at, signal);
}
