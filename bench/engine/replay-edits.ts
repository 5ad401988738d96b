import { collectGarbage } from '../kit/memory.ts';
import { measured } from '../kit/own-cpu.ts';
import type { Table } from '../kit/table.ts';
import type { Engine } from './peers/algebra.ts';
import type { Patch } from './traces.ts';

/** What one replay gave. */
export interface Replayed {
  /** Edits per second of CPU time. */
  rate: number;
  text: string;
}

/** An engine, and how many of the edits it makes: some would take minutes for all. */
export interface ReplayScene {
  name: string;
  engine: Engine;
  most: number;
}

/** Edits that are made for nothing first. */
const WARM_EDITS = 20_000;

/** Replays edits one at a time, the reading of the text at the end included. */
export function replayEdits(engine: Engine, before: string, edits: readonly Patch[]): Replayed {
  collectGarbage();
  warmUp(engine, before, edits);
  const session = engine.open(before);
  const { cpu, result } = measured(() => {
    for (const [at, deleted, inserted] of edits) session.edit(at, deleted, inserted);
    return session.text();
  });
  session.close?.();
  return { rate: (edits.length / cpu) * 1_000, text: result };
}

/** A collection throws compiled code away: compiling it again is not what is measured. */
export function warmUp(engine: Engine, before: string, edits: readonly Patch[]): void {
  const session = engine.open(before);
  for (const [at, deleted, inserted] of edits.slice(0, WARM_EDITS)) session.edit(at, deleted, inserted);
  session.text();
  session.close?.();
}

/** The rates of all scenes, as ratios to those of `base`; `all`: how many edits there were. */
export function ratesTable(
  scenes: readonly ReplayScene[],
  rounds: readonly { rounds: readonly number[] }[],
  base: Engine,
  all: number,
): Table {
  return {
    title: 'Edits in a second of CPU time',
    columns: [{ key: 'rate', title: 'edits/s', base: base.name }],
    rows: scenes.map(({ name, most }, at) => ({
      name,
      figures: { rate: rounds[at]?.rounds ?? [] },
      ...(most < all && { remark: `first ${most.toLocaleString('en-US')} edits` }),
    })),
  };
}
