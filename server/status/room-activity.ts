import type { BusyRoom } from './samples.ts';

/** What is looked at of a room. */
export interface WatchedRoom {
  readonly id: string;
  readonly rev: number;
  readonly meta: { readonly title: string };
  readonly audience: { readonly size: number };
}

/** An edit counts for less the longer ago it was: after this long, ms, for about a third. */
const FADE_MS = 60_000;
/** A look longer ago than this, in ms, is no longer compared with. */
const STALE_MS = 10_000;
/** Rooms in one list. */
const MOST = 20;

interface Seen {
  rev: number;
  edits: number;
}

/** Which rooms are being written in, guessed from how their revisions grow. */
export class RoomActivity {
  #seen = new Map<string, Seen>();
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** The busiest of the rooms that are loaded now, busiest first. To be asked about once a second; `now` in ms. */
  look(rooms: Iterable<WatchedRoom>, now: number): BusyRoom[] {
    const passed = Math.max(0, now - this.#at);
    const left = Math.exp(-passed / FADE_MS);
    this.#at = now;
    // After a long while nobody can say when what is new was written.
    if (passed > STALE_MS) this.#seen = new Map();
    const seen = new Map<string, Seen>();
    const all: BusyRoom[] = [];
    for (const { id, rev, meta, audience } of rooms) {
      const before = this.#seen.get(id) ?? { rev, edits: 0 };
      const edits = before.edits * left + Math.max(0, rev - before.rev);
      seen.set(id, { rev, edits });
      all.push({ id, title: meta.title, people: audience.size, edits: Math.round(edits) });
    }
    // Only of rooms that are here: it must not grow with those that were.
    this.#seen = seen;
    return all.sort((a, b) => b.edits - a.edits || b.people - a.people).slice(0, MOST);
  }
}
