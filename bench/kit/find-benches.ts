import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { AREAS, type Area, type Bench } from './bench.ts';

/** Where a benchmark is. */
export interface Found {
  name: string;
  area: Area;
  file: URL;
}

/** A file is a benchmark if it exports one; beside them lie what they share. */
const EXPORTS_BENCH = /^export const bench\b/m;

/** All benchmarks, in the order in which they run and are told. */
export function findBenches(): Found[] {
  return AREAS.flatMap((area) => {
    const folder = new URL(`../${area}/`, import.meta.url);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .toSorted()
      .map((file) => ({ name: file.slice(0, -'.ts'.length), area, file: new URL(file, folder) }))
      .filter(({ file }) => EXPORTS_BENCH.test(readFileSync(file, 'utf8')));
  });
}

/** Those that are named, by name or by area; all if nobody is. Throws if a name is nobody's. */
export function choose(all: readonly Found[], names: readonly string[]): Found[] {
  for (const name of names) {
    if (all.some((found) => found.name === name || found.area === name)) continue;
    const known = [...AREAS, ...all.map((found) => found.name)].join(', ');
    throw new RangeError(`There is no benchmark ${name}. There are: ${known}.`);
  }
  return all.filter(({ name, area }) => names.length === 0 || names.includes(name) || names.includes(area));
}

export async function importBench({ file, name }: Found): Promise<Bench> {
  const { bench } = (await import(file.href)) as { bench: Bench };
  if (bench.name !== name) throw new Error(`The benchmark in ${name}.ts calls itself ${bench.name}.`);
  return bench;
}
