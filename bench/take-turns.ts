import { cpus } from 'node:os';
import { loadNow } from './kit/machine.ts';
import { ratio, summary } from './kit/numbers.ts';
import { takeTurns as inTurns, type Results } from './kit/take-turns.ts';
import type { Typed } from './typing-rooms.ts';

/** Measures all scenes in each of the rounds, and tells how busy the machine was. */
export async function takeTurns<Scene extends { name: string }, Round>(
  scenes: readonly Scene[],
  rounds: number,
  measure: (scene: Scene) => Promise<Round>,
): Promise<Results<Round>[]> {
  const loads: number[] = [];
  const results = await inTurns(
    scenes,
    async (scene) => {
      const round = await measure(scene);
      loads.push(loadNow());
      return round;
    },
    { rounds },
  );
  console.log(`${rounds} rounds; ${cpus().length} cores, load ${summary(loads)}`);
  return results;
}

/** Prints a line: median and range, and the median of the rounds' ratios to those of `base`, unless that had nothing at all. */
export function tellRow<Round>(
  what: string,
  {
    rounds,
    base,
    of,
    digits = 0,
  }: {
    rounds: readonly Round[];
    base: readonly Round[];
    of: (round: Round) => number;
    digits?: number;
  },
): void {
  const values = rounds.map(of);
  const compared = ratio(values, base.map(of));
  const times = Number.isFinite(compared) ? `× ${compared.toFixed(2)}` : '';
  console.log(`  ${what.padEnd(42)} ${summary(values, digits).padEnd(22)} ${times}`.trimEnd());
}

/** Prints how long letters took. */
export function tellLatency(rounds: readonly { paced: Typed }[], base: readonly { paced: Typed }[]): void {
  const row = (what: string, of: (typed: Typed) => number) =>
    tellRow(what, { rounds, base, of: ({ paced }) => of(paced), digits: 1 });
  row('to the acknowledgement, p50 ms', ({ toAck }) => toAck.p50);
  row('to the acknowledgement, p95 ms', ({ toAck }) => toAck.p95);
  row('to the others’ screens, p50 ms', ({ toOthers }) => toOthers.p50);
  row('to the others’ screens, p95 ms', ({ toOthers }) => toOthers.p95);
}
