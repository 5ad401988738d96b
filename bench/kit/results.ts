import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Result } from './bench.ts';

const folder = new URL('../results/', import.meta.url);

/** Keeps a result in the place of the last one of the same benchmark. */
export function writeResult(result: Result): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${result.name}.json`, folder), `${JSON.stringify(result, null, 1)}\n`);
}

/** The newest result of a benchmark. Throws if it has none. */
export function readResult(name: string): Result {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Result;
}

/** Names of all benchmarks that have a result. */
export function resultNames(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
}
