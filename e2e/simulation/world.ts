import { seededRandom, type SeededRandom } from '../../lib/testing/index.ts';
import { Coverage } from './coverage.ts';
import { Scheduler } from './scheduler.ts';
import { Violation, type Rule } from './violation.ts';

/** Lines of a trace that are kept: what came before the last of them seldom matters. */
const TRACE_LINES = 4_000;

/** What all parts of one history share: its seed, its time, its findings. */
export class World {
  readonly seed: number;
  readonly scheduler = new Scheduler();
  readonly coverage = new Coverage();
  /** The first violation; a history ends with it. */
  violation: Violation | null = null;
  /** No server's clock has jumped: times of several nodes can be compared. */
  clocksAgree = true;
  /** Changes with everything that happens: two runs of one seed must end with the same. */
  digest = 0x811c9dc5;
  readonly #began = this.scheduler.now;
  readonly #trace: string[] | null;

  constructor(seed: number, traced: boolean) {
    this.seed = seed;
    this.#trace = traced ? [] : null;
  }

  /** Virtual milliseconds since the history began. */
  get elapsed(): number {
    return this.scheduler.now - this.#began;
  }

  /** Random numbers of their own for each purpose, so that a change in one does not shuffle all others. */
  random(purpose: string): SeededRandom {
    let state = Math.imul(this.seed, 0x9e3779b1) ^ 0x5bd1e995;
    for (let at = 0; at < purpose.length; at++) state = Math.imul(state ^ purpose.charCodeAt(at), 0x01000193);
    return seededRandom(state);
  }

  /** Does not throw, because it is called from within the server and the client, who would catch it. */
  fail(rule: Rule, what: string): void {
    if (this.violation) return;
    this.trace(() => `!! ${rule} ${what}`);
    this.violation = new Violation(this.seed, rule, what, this.elapsed, this.#trace ?? []);
  }

  /** Writes down an event, if anybody asked for a trace. `line` has no tokens that differ from run to run. */
  trace(line: () => string): void {
    if (!this.#trace) return;
    this.#trace.push(`${(this.elapsed / 1_000).toFixed(3).padStart(9)} ${line()}`);
    if (this.#trace.length > 2 * TRACE_LINES) this.#trace.splice(0, TRACE_LINES);
  }

  mix(number: number): void {
    this.digest = Math.imul(this.digest ^ (number | 0), 0x01000193);
  }
}

/** True once in `often` times. */
export function oneIn(random: SeededRandom, often: number): boolean {
  return random.int(often) === 0;
}

/** A waiting time around `mean`, exponentially distributed as of events that know nothing of each other; at most 8 means. */
export function waitAround(random: SeededRandom, mean: number): number {
  return Math.min(8 * mean, -Math.log(1 - random.next()) * mean);
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 22 base62 characters. */
export function drawToken(random: SeededRandom): string {
  let token = '';
  for (let left = 22; left > 0; left--) token += BASE62.charAt(random.int(BASE62.length));
  return token;
}
