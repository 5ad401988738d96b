import { hasPending, openRoom, type Environment, type OpenRoom } from '../../lib/client/index.ts';
import type { Me } from '../people/me.ts';
import { keptPassword } from '../room/kept-password.ts';
import { browserJournal } from './browser-journal.ts';
import { tryHold } from './hold.ts';
import { pruneRecords } from './prune-records.ts';
import { keptRoom, rows } from './records.ts';

/** A room that does not take its edits by then is tried again later, in ms. */
const ONE_MS = 30_000;
/** So that a page does not spend its life on an old journal. */
const MOST = 20;

/**
 * Clients whose room is gone or closed to them, or has changed so that a person has to see the merging. What they have
 * stays for whoever opens that room's address.
 */
const refused = new Set<string>();

/**
 * Sends what pages that are gone have left unsent, one after the other, each through a room without a screen; then makes
 * space. Rejects if the journal cannot be read.
 */
export async function sendOrphans(me: Me, environment: () => Environment, signal: AbortSignal): Promise<void> {
  const orphans = (await rows()).filter((row) => row.pending && !refused.has(row.client)).slice(0, MOST);
  for (const { client, units } of orphans) {
    if (signal.aborted) return;
    const hold = await tryHold(client);
    if (hold === null) continue;
    const kept = await keptRoom(client);
    if (kept === null || !hasPending(kept.record)) {
      hold.release();
      continue;
    }
    const journal = browserJournal({ hold, units });
    const { token } = kept.record;
    const password = keptPassword(token);
    const isRefused = await send(
      { token, ...(password === null ? {} : { password }), kept, me, environment: { ...environment(), journal } },
      signal,
    );
    if (isRefused) refused.add(client);
  }
  if (!signal.aborted) await pruneRecords();
}

/** Resolves when all is acknowledged, or it turns out that it will not be now; true if it never will be. */
function send(options: Omit<OpenRoom, 'onNeedsPerson'>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let isRefused = false;
    const room = openRoom({
      ...options,
      onNeedsPerson() {
        isRefused = true;
        end();
      },
    });
    const end = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', end);
      room.close();
      resolve(isRefused || room.view().status.kind === 'lost');
    };
    const timer = setTimeout(end, ONE_MS);
    const stop = room.subscribe(() => {
      const { unsaved, status } = room.view();
      if (unsaved === 0 || status.kind === 'locked' || status.kind === 'lost') end();
    });
    signal.addEventListener('abort', end);
  });
}
