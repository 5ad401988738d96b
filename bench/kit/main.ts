import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Failure, runCommand } from '../../deploy/failure.mjs';
import { ensureBuild } from '../../deploy/prepare.mjs';
import { root } from '../../deploy/project.mjs';
import { verdictOf } from './bar.ts';
import { barsText, shortfalls } from './bar-text.ts';
import type { Result } from './bench.ts';
import { choose, findBenches, importBench, type Found } from './find-benches.ts';
import { writePerformancePage } from './performance-page.ts';
import { readResult } from './results.ts';
import { alignedTable, tableText } from './table.ts';
import { ALL_S, budgetOf, budgetOfAll } from './time-budget.ts';
import { keepWholeRun } from './whole-runs.ts';

/** Runs the chosen benchmarks one after another, tells what they found, and writes it down. */
await runCommand(async () => {
  const all = findBenches();
  const chosen = choose(all, process.argv.slice(2));
  if (budgetOfAll(all.map(({ name }) => name)) > ALL_S)
    throw new Failure('bench/kit/time-budget.ts gives more than there is.');
  const benches = await Promise.all(chosen.map(importBench));
  if (benches.some(({ needsBuild }) => needsBuild === true)) await ensureBuild();
  const began = performance.now();
  const failed: string[] = [];
  const took: Took[] = [];
  const results: Result[] = [];
  for (const [index, found] of chosen.entries()) {
    console.log(`\n## ${benches[index]?.title ?? found.name} (${found.name})`);
    const start = performance.now();
    const isDone = await runAlone(found, benches[index]?.nodeFlags ?? []);
    took.push({ name: found.name, seconds: (performance.now() - start) / 1_000 });
    if (isDone) {
      const result = readResult(found.name);
      results.push(result);
      tell(result);
    } else {
      failed.push(found.name);
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  if (results.length === all.length) keepWholeRun(results, seconds);
  await writePerformancePage();
  const bars = results.flatMap((result) => result.bars);
  console.log(`\n## All together, in ${Math.round(seconds)} s\n`);
  console.log(`${timesText(took)}\n`);
  console.log(barsText(bars));
  for (const line of shortfalls(bars)) console.log(`- ${line}`);
  const missed = bars.filter((bar) => verdictOf(bar) === 'missed').map(({ what }) => what);
  if (failed.length > 0) throw new Failure(`These benchmarks failed: ${failed.join(', ')}.`);
  if (missed.length > 0) throw new Failure(`These measures miss what they must reach: ${missed.join('; ')}.`);
});

/** A process for itself, so that no benchmark is compiled for, or burdened by, another one. */
function runAlone({ name }: Found, flags: readonly string[]): Promise<boolean> {
  const script = fileURLToPath(new URL('run-one.ts', import.meta.url));
  // A forced collection makes V8 forget the code of what did not run lately, and the next one to be measured would be cold.
  const loader = new URL('typescript.mjs', import.meta.url).href;
  const args = [
    '--expose-gc',
    '--no-flush-bytecode',
    '--enable-source-maps',
    ...flags,
    '--import',
    loader,
    script,
    name,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

/** How long a benchmark took, its process included. */
interface Took {
  name: string;
  seconds: number;
}

function timesText(took: readonly Took[]): string {
  const lines = took.map(({ name, seconds }) => {
    const budget = budgetOf(name);
    return [name, String(Math.round(seconds)), String(budget), seconds > budget ? '**longer**' : ''];
  });
  const sum = took.reduce((seconds, one) => seconds + one.seconds, 0);
  const budget = budgetOfAll(took.map(({ name }) => name));
  return alignedTable(
    ['benchmark', 's', 'budget, s', ''],
    [...lines, ['all', String(Math.round(sum)), String(budget), '']],
  );
}

function tell({ tables, bars, seconds }: Result): void {
  for (const table of tables) {
    console.log(`\n${table.title}\n\n${tableText(table)}`);
    if (table.note !== undefined) console.log(`\n${table.note}`);
  }
  if (bars.length > 0) console.log(`\n${barsText(bars)}`);
  console.log(`\n${seconds} s`);
}
