import { mapPosition, type Op } from '../ot/index.ts';
import type { Range } from '../protocol/index.ts';

/** At most 20 caret messages a second (DESIGN §5). */
const EVERY_MS = 50;
/** While typing, the edits themselves move our caret on the others' screens; once it rests, its true place is told. */
const REST_MS = 1_000;
/** The server takes 64; nobody can follow more. */
const MOST_RANGES = 64;

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** Tells the others where this screen's carets are: seldom enough, not while typing, and only in agreed coordinates. */
export class OwnCaret {
  readonly #world: World;
  /** Sends, or returns false if that is impossible now (edits are pending, no connection). */
  readonly #send: (ranges: readonly Range[]) => boolean;
  #ranges: readonly Range[] | null = null;
  #dirty = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #editedAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(world: World, send: (ranges: readonly Range[]) => boolean) {
    this.#world = world;
    this.#send = send;
  }

  /** In the coordinates of the shown text. `null`: no caret. */
  select(ranges: readonly Range[] | null): void {
    this.#ranges = ranges === null ? null : ranges.slice(0, MOST_RANGES);
    this.#dirty = true;
    this.flush();
  }

  /** A local edit: our caret follows it, here and on the others' screens. */
  edited(op: Op): void {
    this.#map(op, 'after');
    this.#editedAt = this.#world.now();
    this.#dirty = true;
    this.flush();
  }

  /** Somebody else's edit in the shown text. The server and the others move our caret through it just so. */
  changed(op: Op): void {
    this.#map(op, 'before');
  }

  /** A new connection: nobody there knows where we are. */
  welcomed(): void {
    this.#dirty = this.#ranges !== null;
    this.flush();
  }

  /** Sends if it is time and possible. To be called when nothing is pending any more. */
  flush(): void {
    if (!this.#dirty || this.#cancel) return;
    const due = Math.max(this.#sentAt + EVERY_MS, this.#editedAt + REST_MS);
    const now = this.#world.now();
    if (due > now) {
      this.#cancel = this.#world.after(due - now, () => {
        this.#cancel = null;
        this.flush();
      });
      return;
    }
    if (!this.#send(this.#ranges ?? [])) return;
    this.#dirty = false;
    this.#sentAt = now;
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #map(op: Op, bias: 'before' | 'after'): void {
    if (!this.#ranges) return;
    this.#ranges = this.#ranges.map(([anchor, head]) => [mapPosition(anchor, op, bias), mapPosition(head, op, bias)]);
  }
}
