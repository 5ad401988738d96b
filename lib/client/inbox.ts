/** A page that draws 60 times a second has 16 ms between two frames; half of them is for the editor, keys and drawing. */
const TURN_MS = 8;
/** A timer that is this late is one of a hidden page, which browsers wake once a second or seldomer. */
const HIDDEN_MS = 500;
/** Nobody looks at that page, and a person who comes back to it hardly notices the last of these turns. */
const HIDDEN_TURN_MS = 200;
/**
 * Units of frames that may wait; eight times what `limits.catchUp` revisions of typing are (100,000 of some 40 units).
 * A browser's socket cannot be told to wait, so beyond this whatever comes is made room for at once, however long that takes:
 * a page that is busy is the one thing that browsers read more slowly for.
 */
export const MOST_UNITS = 32 * 1024 * 1024;

interface World {
  now(): number;
  after(ms: number, run: () => void): () => void;
  /** Between a turn and what comes after it, in ms: a busy room is then drawn less often than it is written in. */
  restMs?: number;
}

/**
 * What has arrived and waits to be handled: strictly in order, at once if nothing waits before it and the last turn is `restMs`
 * ago, and in turns of a few milliseconds if there is much, so that the page stays alive in between. One for each socket; `stop`
 * drops what waits.
 */
export class Inbox<Item> {
  readonly #world: World;
  /** Handles an item. Once `isOver` it returns what is left of it, which comes again, before all others; otherwise null. */
  readonly #take: (item: Item, isOver: () => boolean) => Item | null;
  readonly #turned: () => void;
  #waiting: { item: Item; units: number }[] = [];
  #units = 0;
  #isWorking = false;
  #isStopped = false;
  #cancelNext: (() => void) | null = null;
  /** When the last turn ended. */
  #turnedAt = Number.NEGATIVE_INFINITY;

  /** `turned` is called at the end of each turn. */
  constructor(
    world: World,
    take: (item: Item, isOver: () => boolean) => Item | null,
    turned: () => void = () => undefined,
  ) {
    this.#world = world;
    this.#take = take;
    this.#turned = turned;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** `units`: about what the item takes of the memory. */
  add(item: Item, units: number): void {
    if (this.#isStopped) return;
    this.#waiting.push({ item, units });
    this.#units += units;
    const mayWait = this.#units <= MOST_UNITS;
    if (this.#isWorking || (this.#cancelNext && mayWait)) return;
    const passed = this.#world.now() - this.#turnedAt;
    const rest = (this.#world.restMs ?? 0) - passed;
    // A clock that was set back says nothing of how long it is.
    if (rest > 0 && passed >= 0 && mayWait) this.#workLater(rest);
    else this.#work(TURN_MS);
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.#cancelNext?.();
    this.#cancelNext = null;
  }

  #work(ms: number): void {
    this.#cancelNext?.();
    this.#cancelNext = null;
    const until = this.#world.now() + ms;
    const isOver = () => this.#units <= MOST_UNITS && this.#world.now() >= until;
    this.#isWorking = true;
    do {
      const [next] = this.#waiting;
      if (!next) break;
      const rest = this.#take(next.item, isOver);
      if (rest !== null) {
        next.item = rest;
      } else {
        this.#waiting.shift();
        this.#units -= next.units;
      }
    } while (!isOver());
    this.#turned();
    this.#isWorking = false;
    this.#turnedAt = this.#world.now();
    if (this.#waiting.length > 0) this.#workLater(0);
  }

  #workLater(ms: number): void {
    const due = this.#world.now() + ms;
    this.#cancelNext = this.#world.after(ms, () => {
      this.#work(this.#world.now() - due >= HIDDEN_MS ? HIDDEN_TURN_MS : TURN_MS);
    });
  }
}
