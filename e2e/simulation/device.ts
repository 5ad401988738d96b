import { readKept, type Journal, type JournalWrite, type KeptRoom, type SavedRoom } from '../../lib/client/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { oneIn, waitAround, type World } from './world.ts';

/** What a browser does with writes at present: keeps them, says that it cannot, or lets them wait. */
type Health = 'well' | 'refusing' | 'stuck';

/** How a page ends without being asked, and what that takes with it. */
export type Death =
  /** The page or the browser's process: writes that were asked for may be done or not, from some point on. */
  | 'killed'
  /** The whole machine: also the newest writes that were done, for they are not fsynced while an edit waits. */
  | 'powerless';

interface Kept {
  record: SavedRoom;
  base: string;
}

/** A write takes this long on average, in ms, unless the browser is busy. */
const WRITE_MS = 4;
const BUSY_WRITE_MS = 300;
/** One browser in so many is busy. */
const BUSY_ONE_IN = 4;

/** The journal of one person's browser, outliving its pages, and the ways in which it fails. */
export class Device {
  health: Health = 'well';
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #writeMs: number;
  #kept: Kept | null = null;
  /** What was kept before the newest write. */
  #before: Kept | null = null;
  #queue: (() => void)[] = [];
  /** Counts the pages that have ended: a timer of an earlier one's does nothing. */
  #era = 0;

  constructor(world: World, random: SeededRandom) {
    this.#world = world;
    this.#random = random;
    this.#writeMs = oneIn(random, BUSY_ONE_IN) ? BUSY_WRITE_MS : WRITE_MS;
  }

  /** What an earlier page has left, as the next one reads it. */
  find(): KeptRoom | null {
    const kept = this.#kept;
    if (!kept) return null;
    const read = readKept(kept.record, kept.base);
    if (!read) this.#world.fail('P5', `The journal of ${kept.record.client} cannot be read.`);
    return read;
  }

  /** The journal of a page. `alive` runs what the page is told, if it still lives. */
  page(alive: (run: () => void) => void): Journal {
    return {
      write: (write, done) => this.#later(() => this.#write(write, (kept) => alive(() => done(kept)))),
      remove: () =>
        this.#later(() => {
          this.#kept = null;
        }),
      onLeaving: () => () => undefined,
      close: () => undefined,
    };
  }

  /** The page has closed properly: the browser finishes what it was asked for. */
  finish(): void {
    this.#era += 1;
    for (const run of this.#queue.splice(0)) run();
  }

  die(death: Death): void {
    this.#era += 1;
    for (const run of this.#queue.splice(0, this.#random.int(this.#queue.length + 1))) run();
    this.#queue = [];
    if (death === 'powerless' && oneIn(this.#random, 2)) this.#kept = this.#before;
  }

  /** Each write takes its time, in the order in which they were asked for. */
  #later(run: () => void): void {
    this.#queue.push(run);
    if (this.#queue.length === 1) this.#next();
  }

  #next(): void {
    const era = this.#era;
    this.#world.scheduler.after(waitAround(this.#random, this.#writeMs), () => {
      if (era !== this.#era) return;
      if (this.health !== 'stuck') this.#queue.shift()?.();
      if (this.#queue.length > 0) this.#next();
    });
  }

  #write({ record, base }: JournalWrite, done: (kept: boolean) => void): void {
    if (this.health === 'refusing') return done(false);
    const text = base ?? this.#kept?.base;
    if (text === undefined)
      return this.#world.fail('P5', 'A journal is given a record without the text that it rests on.');
    this.#before = this.#kept;
    this.#kept = { record, base: text };
    done(true);
  }
}
