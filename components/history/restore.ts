import { diff, isIdentity, type RoomClient } from '../../lib/client/index.ts';
import { changesFromOp } from '../editor/op-changes.ts';
import type { RoomTools } from '../room/room-tools.ts';
import { flash, FLASH_MS } from './flash.ts';
import type { HistoryApi } from './history-api.ts';
import { historyStrings } from './history-strings.ts';
import type { Moment } from './history-types.ts';
import { dateWords, timeWords } from './moment-words.ts';
import { undoable } from './undoable.ts';

/** How long the toast waits for the number of the new revision, in ms. */
const NUMBER_MS = 3_000;

/**
 * Makes the text of `moment` the text now: an edit of one's own, no longer than it must be, that can be undone, and that keeps
 * what others write meanwhile. Says what happened. False if nothing was changed.
 */
export function restore(tools: RoomTools, api: HistoryApi, moment: Moment): boolean {
  const { client, editor, extend, say, warn } = tools;
  const view = editor();
  if (client === null || view === null || !client.view().canEdit) return false;
  const op = diff(view.state.doc.toString(), moment.text);
  if (isIdentity(op)) {
    say(historyStrings.sameAsNow);
    return false;
  }
  if (!client.fits(op).ok) {
    warn(historyStrings.doesNotFit);
    return false;
  }
  const before = client.view().rev;
  const changes = changesFromOp(op, view.state.doc.length);
  const undo = undoable(tools, () =>
    // With an event of its own it is one step of the undo history.
    view.dispatch({ changes, userEvent: 'input.restore' }),
  );
  extend('history-flash', flash(changes));
  setTimeout(() => extend('history-flash', null), FLASH_MS);
  void tell(client, api, before, moment.at, (words) =>
    say(words, undo === null ? undefined : { words: historyStrings.undo, run: undo }),
  );
  return true;
}

async function tell(
  client: RoomClient,
  api: HistoryApi,
  before: number,
  at: number,
  say: (words: string) => void,
): Promise<void> {
  const [date, time] = [dateWords(at), timeWords(at)];
  const rev = (await saved(client)) ? await ownRevision(client, api, before) : null;
  say(rev === null ? historyStrings.restoredHere(date, time) : historyStrings.restored(date, time, rev));
}

/** True once everything that was typed here is on the server's disk; false if that takes long. */
function saved(client: RoomClient): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (done: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(done);
    };
    const look = () => {
      if (client.view().unsaved === 0) end(true);
    };
    const timer = setTimeout(() => end(false), NUMBER_MS);
    const stop = client.subscribe(look);
    look();
  });
}

/** The newest revision after `before` that came from this page; null if that cannot be learned. */
async function ownRevision(client: RoomClient, api: HistoryApi, before: number): Promise<number | null> {
  const { rev, you } = client.view();
  try {
    const { entries } = await api.entries(before + 1, rev);
    return entries.findLast(({ author }) => author === you)?.rev ?? null;
  } catch {
    // It is restored all the same.
    return null;
  }
}
