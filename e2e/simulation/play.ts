import { Coverage } from './coverage.ts';
import { playHistory } from './history.ts';
import { Violation } from './violation.ts';

export interface Played {
  histories: number;
  coverage: Coverage;
  violations: Violation[];
}

/** Plays a history for each seed, until `stop` says so between two. What is not a violation is thrown. */
export async function playHistories(seeds: Iterable<number>, stop: (played: Played) => boolean): Promise<Played> {
  const played: Played = { histories: 0, coverage: new Coverage(), violations: [] };
  for (const seed of seeds) {
    if (stop(played)) break;
    const violation = await playOne(seed, played.coverage);
    played.histories += 1;
    // Played again with a trace, which would cost too much to write always.
    if (violation) played.violations.push((await traced(seed)) ?? violation);
    // Histories never leave the queue of promises; whoever waits for timers and messages gets a turn here.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return played;
}

async function playOne(seed: number, coverage: Coverage): Promise<Violation | null> {
  try {
    const result = await playHistory(seed);
    coverage.add(result.coverage);
    return null;
  } catch (error) {
    if (error instanceof Violation) return error;
    throw new Error(`Seed ${seed} could not be played.`, { cause: error });
  }
}

/** The violation of a seed with the events before it. */
async function traced(seed: number): Promise<Violation | null> {
  try {
    await playHistory(seed, { traced: true });
    return null;
  } catch (error) {
    if (error instanceof Violation) return error;
    throw error;
  }
}

/** `count` seeds from `first` on. */
export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let seed = first; seed < first + count; seed++) yield seed;
}

/** What to print of a violation: what it was, the last `lines` events before it, and how to see it again. */
export function report(violation: Violation, lines: number): string {
  const again = `npm run simulate -- --seed ${violation.seed}`;
  return [...violation.trace.slice(-lines), violation.message, `Again: ${again}`].join('\n');
}
