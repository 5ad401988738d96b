import { useCallback, useEffect, useState } from 'react';
import { historyFaultWords, type HistoryApi } from './history-api.ts';
import type { UndoPlan } from './history-types.ts';
import { sinceRevision, sinceTime, type UndoSince } from './undo-since.ts';

export type UndoPreview =
  { kind: 'counting' } | { kind: 'counted'; plan: UndoPlan; at: number } | { kind: 'failed'; words: string };

/** What taking back these authors' work would do; counted anew when `again` is called. */
export function useUndoPlan(
  api: HistoryApi,
  authors: readonly number[] | null,
  since: UndoSince,
  moment: { rev: number; at: number } | null,
): { preview: UndoPreview; again: () => void } {
  const [preview, setPreview] = useState<UndoPreview>({ kind: 'counting' });
  const [tries, setTries] = useState(0);
  // Numbers, so that a list made anew is not another list.
  const key = authors?.join(' ') ?? '';
  useEffect(() => {
    setPreview({ kind: 'counting' });
    if (key === '') return;
    const request = new AbortController();
    const count = async () => {
      const at = sinceTime(since, Date.now(), moment);
      const rev = await sinceRevision(since, at, moment, api, request.signal);
      const plan = await api.undo(key.split(' ').map(Number), rev, request.signal);
      return { plan, at };
    };
    count().then(
      (counted) => {
        if (!request.signal.aborted) setPreview({ kind: 'counted', ...counted });
      },
      (error: unknown) => {
        if (!request.signal.aborted) setPreview({ kind: 'failed', words: historyFaultWords(error) });
      },
    );
    return () => request.abort();
  }, [api, key, since, moment, tries]);
  const again = useCallback(() => setTries((tried) => tried + 1), []);
  return { preview, again };
}
