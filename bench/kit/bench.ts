import type { Bar } from './bar.ts';
import type { Machine } from './machine.ts';
import type { Table } from './table.ts';

/** The parts of `docs/PERFORMANCE.md`, in its order, and the folders that their benchmarks are in. */
export const AREAS = ['engine', 'server', 'browser'] as const;

export type Area = (typeof AREAS)[number];

/** One benchmark: the file `bench/<area>/<name>.ts` exports it as `bench`. It runs in a process of its own. */
export interface Bench {
  /** As its file. */
  name: string;
  title: string;
  /** What is measured, and how: a paragraph of Markdown for people who have not read the code. */
  about: string;
  /** Needs what `npm run build` makes; it is there before `run` is called. */
  needsBuild?: boolean;
  /** Flags of Node for its process beyond `--expose-gc`. */
  nodeFlags?: readonly string[];
  /** Rejects if what is compared does not do the same: a measurement of a wrong answer is worth nothing. */
  run(): Promise<Report>;
}

/** What a benchmark found out. */
export interface Report {
  tables: readonly Table[];
  /** What it is held to. */
  bars: readonly Bar[];
}

/** What is written to `bench/results/<name>.json`. */
export interface Result extends Report {
  name: string;
  area: Area;
  title: string;
  about: string;
  machine: Machine;
  /** Of the whole benchmark. */
  seconds: number;
}
