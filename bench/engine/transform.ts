import type { Bar } from '../kit/bar.ts';
import type { Bench } from '../kit/bench.ts';
import { collectGarbage } from '../kit/memory.ts';
import { measured } from '../kit/own-cpu.ts';
import { bestOf, ratioOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { ALGEBRAS, tasksOf, type Task } from './algebra-tasks.ts';
import { tandemAlgebra } from './peers/tandem.ts';

/** Passes until everything is compiled, and, once it is, until it is in the caches again. */
const WARM_PASSES = 3;
const WARM_AGAIN = 1;
/** CPU time of each measure at least, in ms: a late compilation is little of it. */
const LEAST_MS = 70;

interface Measure {
  key: keyof ReturnType<typeof tasksOf>;
  title: string;
  what: string;
  goal: number;
  must: number;
}

const MEASURES: readonly Measure[] = [
  { key: 'pair', title: 'one-edit pair, both sides, /s', what: 'One-edit pair, both sides', goal: 3, must: 1.5 },
  { key: 'history', title: 'one op through 10,000, steps/s', what: 'One op through 10,000 ops', goal: 4, must: 1.5 },
  { key: 'large', title: '1,000-part pair, both sides, /s', what: '1,000-part pair', goal: 2.5, must: 1.2 },
  { key: 'compose', title: 'compose 1,000 in a row, steps/s', what: 'Compose', goal: 2, must: 1 },
  { key: 'position', title: 'position through 1,000 parts, /s', what: 'Position', goal: 2, must: 1 },
  { key: 'invert', title: 'invert 1,000 parts, /s', what: 'Invert', goal: 2, must: 1 },
];

export const bench: Bench = {
  name: 'transform',
  title: 'The algebra of ops',
  about:
    'How often in a second of CPU time a library does one thing. Pairs are random edits of one letter (seven in ten insert) on a text of ' +
    '100,000 units; the history is 10,000 edits of automerge-paper in a row, and an insert in the middle of the text goes through it, ' +
    'step by step, as a late edit does in a room (Tandem has a function for that, the others none); ' +
    'large ops have 400 retains, 400 inserts and 200 deletes. All libraries are checked for convergence on ' +
    'the very ops that are measured.',
  async run() {
    const scenes = ALGEBRAS.map((algebra) => ({ name: algebra.name, tasks: tasksOf(algebra) }));
    for (const { tasks } of scenes) for (const task of Object.values(tasks)) task?.check();
    const results = await takeTurns(
      scenes,
      ({ tasks }, round) =>
        Object.fromEntries(
          Object.entries(tasks).flatMap(([key, task]) => (task ? [[key, rateOf(task, round)] as const] : [])),
        ),
      // Each task has its passes for nothing.
      { warmUp: false },
    );
    const table: Table = {
      title: 'In a second of CPU time',
      columns: MEASURES.map(({ key, title }) => ({ key, title })),
      rows: results.map(({ name, rounds }) => ({
        name,
        figures: Object.fromEntries(
          MEASURES.map(({ key }) => [key, rounds.flatMap((rates) => (key in rates ? [rates[key] ?? 0] : []))]),
        ),
      })),
    };
    return { tables: [table], bars: MEASURES.map((measure) => barOf(table, measure)) };
  },
};

/**
 * Times in a second. The collection comes before the passes for nothing: it throws compiled code away, and compiling would be
 * most of what a short pass takes.
 */
function rateOf({ count, run }: Task, round: number): number {
  collectGarbage();
  for (let pass = 0; pass < (round === 0 ? WARM_PASSES : WARM_AGAIN); pass++) run();
  let done = 0;
  let spent = 0;
  while (spent < LEAST_MS) {
    spent += measured(run).cpu;
    done += count;
  }
  return (done / spent) * 1_000;
}

function barOf(table: Table, { key, what, goal, must }: Measure): Bar {
  const best = bestOf(table, key, { wanted: 'most', except: [tandemAlgebra.name] });
  const value = ratioOf(table, key, tandemAlgebra.name, best);
  const obstacle =
    'An op is an array of numbers and strings, as on the wire, and each part has to be asked what it is.';
  return { what: `${what}, to the best (${best})`, value, unit: ' ×', sense: 'at least', goal, must, obstacle };
}
