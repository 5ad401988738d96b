'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RoomTools } from '../room/room-tools.ts';
import { pastMoment } from '../status/past-moment.ts';
import { historyApi } from './history-api.ts';
import { HistoryModel } from './history-model.ts';
import { AT_BEGINNING, type HistoryState } from './history-state.ts';
import { historyStrings } from './history-strings.ts';
import { forgetAddress, revInAddress } from './moment-link.ts';
import { dateWords, timeWords } from './moment-words.ts';
import { historyWish, shownMoment } from './wishes.ts';

/** The history of the room for as long as it is open; null for the first moment. */
export function useHistory({ view }: RoomTools): { model: HistoryModel; state: HistoryState } | null {
  const { token, rev } = view;
  const newest = useRef(rev);
  const [model, setModel] = useState<HistoryModel | null>(null);
  useEffect(() => {
    newest.current = rev;
    model?.grew();
  }, [rev, model]);

  useEffect(() => {
    const made = new HistoryModel({
      api: historyApi(token),
      newest: () => newest.current,
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    setModel(made);
    void begin(made);
    return () => {
      made.end();
      forgetAddress();
      setModel(null);
    };
  }, [token]);

  const state = useSyncExternalStore(
    model?.subscribe ?? never,
    () => model?.get() ?? AT_BEGINNING,
    () => AT_BEGINNING,
  );
  usePastWords(state);
  return model === null ? null : { model, state };
}

const never = () => () => undefined;

/** Shows what the history was opened for. */
async function begin(model: HistoryModel): Promise<void> {
  const wish = historyWish.get();
  const linked = revInAddress(window.location.search);
  historyWish.set(null);
  const loaded = model.load();
  if (wish?.kind === 'moment') model.seek(wish.rev);
  else if (wish?.kind === 'since') model.compare(wish.rev, Number.MAX_SAFE_INTEGER);
  else if (linked !== null) {
    // How far the room has come is known now at the latest; an address may name any number.
    await loaded;
    model.seek(linked);
  }
  await loaded;
}

/** Tells the pill and the dialogs which moment is shown. */
function usePastWords({ shown, stop, known }: HistoryState): void {
  const at =
    shown.kind === 'comparing' && known.kind === 'known'
      ? known.axis.timeOf(shown.to)
      : shown.kind === 'now'
        ? null
        : (stop?.at ?? null);
  const since = shown.kind === 'comparing' && known.kind === 'known' ? known.axis.timeOf(shown.from) : at;
  const rev = shown.kind === 'now' ? null : shown.kind === 'comparing' ? shown.from : shown.rev;
  useEffect(() => {
    // While the next one is on its way, the words of the one before stay: they belong to the text that is seen.
    if (at !== null) pastMoment.set(historyStrings.asOf(dateWords(at), timeWords(at)));
    else if (rev === null) pastMoment.set(null);
    shownMoment.set(rev === null ? null : { rev, at: since ?? Date.now() });
  }, [at, rev, since]);
  useEffect(
    () => () => {
      pastMoment.set(null);
      shownMoment.set(null);
    },
    [],
  );
}
