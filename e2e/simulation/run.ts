import { parseArgs } from 'node:util';
import { runMutants } from './mutants.ts';
import { playHistories, report, seedsFrom, type Played } from './play.ts';

const USAGE = `npm run simulate -- --minutes <n>        histories of fresh seeds, until the time is up
npm run simulate -- --seed <n>           one history again, with its last events (--lines <n>, 60 by default)
npm run simulate -- --seeds <n> --from <n>   so many histories, from that seed on
npm run simulate -- --mutants [--only <name>]   breaks the product on purpose, once for each mutation, and says how it was caught`;

/** After so many violations there is enough to read. */
const ENOUGH = 3;
/** Seeds are 31 bits, so that they stay whole numbers wherever they are written. */
const SEEDS = 2 ** 31;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    lines: { type: 'string', default: '60' },
    mutants: { type: 'boolean' },
    only: { type: 'string' },
  },
});

if (values.mutants) {
  if (!(await runMutants(values.only))) process.exitCode = 1;
} else if (values.seed !== undefined) {
  finish(await playHistories([whole('seed', values.seed)], () => false));
} else if (values.seeds !== undefined) {
  const seeds = seedsFrom(whole('from', values.from), whole('seeds', values.seeds));
  finish(await playHistories(seeds, tellsEnough));
} else if (values.minutes !== undefined) {
  const until = performance.now() + whole('minutes', values.minutes) * 60_000;
  const first = Math.floor(Math.random() * SEEDS);
  console.log(`Seeds from ${first} on.`);
  finish(await playHistories(seedsFrom(first, SEEDS), (played) => performance.now() > until || tellsEnough(played)));
} else {
  console.log(USAGE);
  process.exitCode = 1;
}

function tellsEnough({ violations }: Played): boolean {
  return violations.length >= ENOUGH;
}

function finish({ histories, coverage, violations }: Played): void {
  for (const violation of violations)
    console.log(`${report(violation, whole('lines', values.lines))}
`);
  if (violations.length === 0) console.log(coverage.table());
  console.log(`${histories} histories, ${violations.length} violations.`);
  if (violations.length > 0) process.exitCode = 1;
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} is "${value}"; it has to be a whole number.`);
}
