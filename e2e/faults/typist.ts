import { insertion } from '../../lib/ot/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { pause } from '../harness/index.ts';
import { openRobot, type Robot, type RobotOptions } from '../harness/robot.ts';

/** The real client with somebody who writes words that nobody else writes, each at the end of the text. */
export interface Typist {
  readonly robot: Robot;
  /** Everything written so far, oldest first. */
  readonly words: readonly string[];
  /** So many of the words are known to be on the server's disk. */
  readonly acknowledged: number;
  /** From a keystroke with nothing waiting before it to its acknowledgement, in ms. */
  readonly latencies: number[];
  type(): void;
  /** Types until `over` says so, with pauses of up to `mostPauseMs`. */
  typeUntil(over: () => boolean, random: SeededRandom, mostPauseMs: number): Promise<void>;
}

/** `name` begins each of its words, so it has to be its own. */
export function openTypist(options: RobotOptions & { name: string }): Typist {
  const robot = openRobot(options);
  const words: string[] = [];
  const latencies: number[] = [];
  let acknowledged = 0;
  let since: number | null = null;

  robot.client.subscribe(() => {
    if (robot.client.view().unsaved > 0) return;
    acknowledged = words.length;
    if (since !== null) latencies.push(performance.now() - since);
    since = null;
  });

  function type(): void {
    const word = `<${options.name}.${words.length + 1}>`;
    if (robot.client.view().unsaved === 0) since = performance.now();
    words.push(word);
    robot.edit(insertion(robot.editor.length, word));
  }

  return {
    robot,
    words,
    latencies,
    get acknowledged() {
      return acknowledged;
    },
    type,
    async typeUntil(over, random, mostPauseMs) {
      while (!over()) {
        type();
        await pause(random.int(mostPauseMs));
      }
    },
  };
}

/** Words that are not in `text` exactly once. */
export function misplaced(words: readonly string[], text: string): string[] {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/<[^<>]*>/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.filter((word) => counts.get(word) !== 1);
}

/** The value below which `share` of `values` lie; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
