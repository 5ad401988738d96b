import { readFileSync } from 'node:fs';

export interface Budget {
  goal: number;
  must: number;
}

/** What a device is, and what a first visit to a room may cost on it. */
export interface DeviceBudget {
  /** Of the view, px. */
  width: number;
  height: number;
  /** How many times slower its processor is than this machine's. */
  slowdown: number;
  /** Largest contentful paint, ms from the navigation. */
  largestPaint: Budget;
  /** What tasks take beyond 50 ms each between the first paint and quiet, ms together. */
  blocking: Budget;
  /** Cumulative layout shift. */
  layoutShift: Budget;
}

export interface Budgets {
  /** JavaScript before anything optional, gzip, bytes; languages come on top. */
  script: Budget;
  /** Optional parts, each with words that are in its code and nowhere else. */
  parts: Readonly<Record<string, string>>;
  devices: Readonly<Record<string, DeviceBudget>>;
}

/** What `bench/browser/budgets.json` says. */
export function readBudgets(): Budgets {
  return JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8')) as Budgets;
}
