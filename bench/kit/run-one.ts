import { choose, findBenches, importBench } from './find-benches.ts';
import { loadNow, machine } from './machine.ts';
import { writeResult } from './results.ts';

/** Runs the benchmark that is named on the command line, in this process, and keeps its result. */
const [found] = choose(findBenches(), process.argv.slice(2, 3));
if (found === undefined) throw new Error('There are no benchmarks.');
const bench = await importBench(found);
const { name, title, about } = bench;
const load = loadNow();
const began = performance.now();
const report = await bench.run();
const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
writeResult({ name, area: found.area, title, about, machine: machine(load), seconds, ...report });
// What a peer left running (timers, workers, sockets) must not keep us.
process.exit(0);
