import { hasPending, openRoom, type Environment, type RoomClient } from '../../lib/client/index.ts';
import { browserJournal } from './browser-journal.ts';
import { tryHold } from './hold.ts';
import { pruneRecords } from './prune-records.ts';
import { keptRoom, rows } from './records.ts';

/** The room on the screen comes first, and a browser that restores its tabs gets time to do so. In ms. */
const BEGIN_MS = 3_000;
/** Another tab may have died meanwhile; a look costs reading a few small rows. In ms. */
const AGAIN_MS = 15_000;
/** A room that does not take its edits by then is tried again with the next page, in ms. */
const ONE_MS = 30_000;
/** So that a page does not spend its life on an old journal. */
const MOST = 20;

interface Person {
  person: string;
  name: string;
  color: number;
}

/**
 * Sends what pages that are gone have left unsent, in any room, while `room` is connected: each under its own client id,
 * so exactly once, through a room without a screen. Returns how to stop.
 */
export function sendOrphansOf(room: RoomClient, me: Person, environment: () => Environment): () => void {
  let stop: (() => void) | null = null;
  const look = () => {
    const { online } = room.view();
    if (online && stop === null) stop = begin(me, environment);
    if (!online) {
      stop?.();
      stop = null;
    }
  };
  const stopLooking = room.subscribe(look);
  return () => {
    stopLooking();
    stop?.();
  };
}

function begin(me: Person, environment: () => Environment): () => void {
  const stopped = new AbortController();
  let timer = setTimeout(look, BEGIN_MS);
  function look(): void {
    run(me, environment, stopped.signal)
      // A journal that cannot be read has nothing to send.
      .catch(() => undefined)
      .finally(() => {
        if (!stopped.signal.aborted) timer = setTimeout(look, AGAIN_MS);
      });
  }
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
}

async function run(me: Person, environment: () => Environment, signal: AbortSignal): Promise<void> {
  const orphans = (await rows()).filter((row) => row.pending).slice(0, MOST);
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
    await sent({ token: kept.record.token, kept, me, environment: { ...environment(), journal } }, signal);
  }
  if (!signal.aborted) await pruneRecords();
}

/** Resolves when all is acknowledged, or it turns out that it will not be. */
function sent(options: Parameters<typeof openRoom>[0], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const room = openRoom(options);
    const end = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', end);
      room.close();
      resolve();
    };
    const timer = setTimeout(end, ONE_MS);
    const stop = room.subscribe(() => {
      const { unsaved, status } = room.view();
      if (unsaved === 0 || status.kind === 'lost') end();
    });
    signal.addEventListener('abort', end);
  });
}
