import { lastKnown, type InitialRoom, type Journal, type KeptRoom } from '../../lib/client/index.ts';
import { browserJournal } from './browser-journal.ts';
import type { Row } from './database.ts';
import { tryHold } from './hold.ts';
import { keptRoom, rows } from './records.ts';

/** Without an answer by then the room opens without what may be kept; that is sent later, by `sendOrphans`. In ms. */
const FIND_MS = 2_000;
/** How long a page that is being reloaded may take to let go of its record, in ms. */
const RELOAD_MS = 400;

export interface OpenJournal {
  journal: Journal;
  /** What an earlier page has left of the room, now this page's. */
  kept: KeptRoom | null;
  /** The text as another living page of this browser had it when it last wrote it down. */
  known: InitialRoom | null;
}

/** The journal of a room that has just been thought of: nothing can be there. */
export function freshJournal(): OpenJournal {
  return { journal: browserJournal(null), kept: null, known: null };
}

/**
 * Finds what this browser has of the room, and takes it over unless a living page has it. Never fails: a journal that
 * cannot be read gives nothing, and says itself at the first write that it does not work.
 */
export async function openJournal(token: string): Promise<OpenJournal> {
  let late = false;
  const found = find(token).catch(() => null);
  const timeout = new Promise<null>((resolve) =>
    setTimeout(() => {
      late = true;
      resolve(null);
    }, FIND_MS),
  );
  const opened = await Promise.race([found, timeout]);
  if (late) void found.then((one) => one?.journal.close());
  return opened ?? freshJournal();
}

async function find(token: string): Promise<OpenJournal | null> {
  const candidates = (await rows(token)).sort(byWorth);
  let known: InitialRoom | null = null;
  for (const { client, pending, units } of candidates) {
    const hold = await tryHold(client, pending ? RELOAD_MS : 0);
    const kept = await keptRoom(client);
    if (hold === null) {
      known ??= kept && lastKnown(kept);
      continue;
    }
    if (kept !== null) return { journal: browserJournal({ hold, units }), kept, known };
    hold.release();
  }
  return { ...freshJournal(), known };
}

/** Edits that wait first, then the newest. */
function byWorth(a: Row, b: Row): number {
  return Number(b.pending) - Number(a.pending) || b.savedAt - a.savedAt;
}
