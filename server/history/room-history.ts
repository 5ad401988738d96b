import { Marks } from './marks.ts';
import { Tags, type TagsSnapshot } from './tags.ts';
import { eachEntry, learn, type Walk } from './walk.ts';

/** Revisions between two old states, at first: replaying so many takes some ten milliseconds. */
const FIRST_DISTANCE = 1_000;
/** Bytes that a unit of a state takes at most. */
const UNIT_BYTES = 4;

interface State {
  rev: number;
  revs: TagsSnapshot;
  length: number;
}

/**
 * What is remembered of one room's log, made when somebody first asks and extended as the log grows: who made each revision
 * and when, and which revision brought each unit of the text, now and as it was at some revisions in between.
 */
export class RoomHistory {
  readonly #mostBytes: number;
  readonly #marks = new Marks();
  /** Which revision brought each unit, as of `#rev`. */
  readonly #revs = Tags.filled(0, 0);
  #rev = 0;
  /** Old states, ascending. */
  #states: State[] = [];
  #distance = FIRST_DISTANCE;
  /** One after the other extends it. */
  #turn: Promise<unknown> = Promise.resolve();

  /** `mostBytes`: of old states. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** About how many bytes it takes. */
  get bytes(): number {
    return this.#marks.bytes + this.#revs.length * UNIT_BYTES + this.#stateBytes;
  }

  /** Who made the revisions up to `rev` at least, and when. */
  async marks(walk: Walk, rev: number): Promise<Marks> {
    if (this.#marks.rev < rev) await this.#inTurn(() => learn(this.#marks, walk, rev));
    return this.#marks;
  }

  /** For each unit of the text at `rev`: the revision that brought it. */
  async revsAt(walk: Walk, rev: number): Promise<Uint32Array> {
    if (rev < this.#rev) return (await this.#replay(walk, rev)).all();
    return this.#inTurn(async () => {
      if (rev < this.#rev) return (await this.#replay(walk, rev)).all();
      await eachEntry(walk, this.#rev, rev, (entry) => {
        this.#revs.apply(entry.op, entry.rev);
        this.#rev = entry.rev;
        if (entry.rev % this.#distance === 0) this.#remember();
      });
      return this.#revs.all();
    });
  }

  async #replay(walk: Walk, rev: number): Promise<Tags> {
    const state = this.#states.findLast((one) => one.rev <= rev);
    const tags = state ? Tags.from(state.revs) : Tags.filled(0, 0);
    await eachEntry(walk, state?.rev ?? 0, rev, (entry) => tags.apply(entry.op, entry.rev));
    return tags;
  }

  /** What is edited in between is all that a state really costs, so this counts too much rather than too little. */
  get #stateBytes(): number {
    return this.#states.reduce((sum, { length }) => sum + length * UNIT_BYTES, 0);
  }

  #remember(): void {
    this.#states.push({ rev: this.#rev, revs: this.#revs.snapshot(), length: this.#revs.length });
    while (this.#stateBytes > this.#mostBytes && this.#states.length > 0) {
      this.#distance *= 2;
      this.#states = this.#states.filter(({ rev }) => rev % this.#distance === 0);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    // Whoever asked hears of it.
    turn.catch(() => undefined);
    return turn;
  }
}
