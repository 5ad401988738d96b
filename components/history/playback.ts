import type { Author, Entry, EntryPage } from './history-types.ts';

/** A pause of the room is no longer than this while it is played, in ms at the simple speed. */
const PAUSE_MS = 600;
/** What happened closer together is shown together, in ms. */
const FRAME_MS = 16;
/** The next page is fetched when no more entries than this are left of the one before. */
const FETCH_LEFT = 300;

export interface PlaybackOptions {
  /** The moment that is shown now. */
  start: { rev: number; at: number };
  /** One page of entries from this revision on, empty if there are none. */
  read: (from: number, signal: AbortSignal) => Promise<EntryPage>;
  /** Asked anew for each step: 1 is as it happened. */
  speed: () => number;
  /** Runs `run` after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void;
  /** Entries that follow what was shown, with everybody who occurs in the history so far. */
  onEntries: (entries: readonly Entry[], authors: ReadonlyMap<number, Author>) => void;
  /** Everything was shown. */
  onEnd: () => void;
  /** The network does not bring more; what was shown stays. */
  onFault: (error: unknown) => void;
}

/** Plays what happened after a moment, in its own rhythm but with pauses shortened. Returns how to stop. */
export function play({ start, read, speed, after, onEntries, onEnd, onFault }: PlaybackOptions): () => void {
  const request = new AbortController();
  const authors = new Map<number, Author>();
  let queue: readonly Entry[] = [];
  let place = 0;
  let shownAt = start.at;
  let next: number | null = start.rev + 1;
  let fetching = false;
  let waiting = true;
  let cancel: (() => void) | null = null;

  const fetchMore = async (from: number) => {
    fetching = true;
    try {
      const page = await read(from, request.signal);
      if (request.signal.aborted) return;
      for (const author of page.authors) authors.set(author.author, author);
      queue = [...queue.slice(place), ...page.entries];
      place = 0;
      next = page.next;
    } catch (error) {
      if (!request.signal.aborted) onFault(error);
      return;
    } finally {
      fetching = false;
    }
    if (waiting) step();
  };

  const step = () => {
    if (request.signal.aborted) return;
    if (next !== null && !fetching && queue.length - place <= FETCH_LEFT) void fetchMore(next);
    waiting = place >= queue.length;
    if (waiting) {
      if (!fetching && next === null) onEnd();
      return;
    }
    const due: Entry[] = [];
    let wait = 0;
    for (let entry = queue[place]; entry !== undefined; entry = queue[place]) {
      const pause = Math.min(PAUSE_MS, Math.max(0, entry.at - (due.at(-1)?.at ?? shownAt))) / speed();
      if (due.length > 0 && wait + pause > FRAME_MS) break;
      wait += pause;
      due.push(entry);
      place += 1;
    }
    cancel = after(wait, () => {
      shownAt = due.at(-1)?.at ?? shownAt;
      onEntries(due, authors);
      step();
    });
  };

  step();
  return () => {
    request.abort();
    cancel?.();
  };
}
