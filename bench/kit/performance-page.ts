import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { verdictOf, type Bar } from './bar.ts';
import { barsText, shortfalls } from './bar-text.ts';
import { AREAS, type Area, type Result } from './bench.ts';
import { findBenches } from './find-benches.ts';
import type { Machine } from './machine.ts';
import { readResult, resultNames } from './results.ts';
import { tableText } from './table.ts';
import { wholeRunsText } from './whole-runs.ts';

const page = new URL('../../docs/PERFORMANCE.md', import.meta.url);

const HEADS: Record<Area, string> = {
  engine: 'Engine',
  server: 'Server',
  browser: 'Browser',
};

const INTRODUCTION = `# Performance

\`npm run bench\` measures Tandem side by side with what one would pick instead, and writes this page; \`npm run bench -- NAME…\`
runs some of it. Machines are noisy: everything that is compared takes turns in one run, figures are **medians of the
rounds with their range in brackets**, ratios are medians of the rounds’ ratios, and time is CPU time unless it says
otherwise. A peer is used as its documentation advises for the purpose, and everybody’s text at the end is compared, or
the benchmark fails. Where nobody has named a least that a measure must reach beside its goal, there is a dash. Numbers of two runs on two machines say little about each other; the ratios do.
`;

/** Writes `docs/PERFORMANCE.md` from the newest result of each benchmark. */
export async function writePerformancePage(): Promise<void> {
  const kept = resultNames();
  const results = findBenches()
    .filter(({ name }) => kept.includes(name))
    .map(({ name }) => readResult(name));
  const markdown = performancePage(results);
  const style = await resolveConfig(page);
  writeFileSync(page, await format(markdown, { ...style, parser: 'markdown' }));
}

function performancePage(results: readonly Result[]): string {
  const bars = results.flatMap((result) => result.bars);
  return [
    INTRODUCTION,
    '## What was promised, and what is reached\n',
    summary(bars),
    bars.length > 0 ? barsText(bars) : '',
    ...missedGoals(bars),
    ...wholeRunsText(),
    ...AREAS.flatMap((area) =>
      areaText(
        area,
        results.filter((result) => result.area === area),
      ),
    ),
    '## Where this was measured\n',
    ...machines(results),
  ].join('\n');
}

function summary(bars: readonly Bar[]): string {
  const count = (wanted: (bar: Bar) => boolean) => bars.filter(wanted).length;
  const reached = count((bar) => verdictOf(bar) === 'reached');
  const short = count((bar) => verdictOf(bar) === 'short' && bar.must !== undefined);
  const without = count((bar) => verdictOf(bar) === 'short' && bar.must === undefined);
  const missed = count((bar) => verdictOf(bar) === 'missed');
  return `Of ${bars.length} measures, ${reached} reach their goal, ${short} only what they must, and ${missed} not even that; ${without} miss a goal beside which no least was named.\n`;
}

function missedGoals(bars: readonly Bar[]): string[] {
  const missed = shortfalls(bars);
  if (missed.length === 0) return [];
  return ['', '## What is missed, and why\n', ...missed.map((line) => `- ${line}`)];
}

function areaText(area: Area, results: readonly Result[]): string[] {
  if (results.length === 0) return [];
  return ['', `## ${HEADS[area]}`, ...results.flatMap(resultText)];
}

function resultText({ name, title, about, tables, seconds }: Result): string[] {
  return [
    '',
    `### ${title}`,
    '',
    `${about.trim()} (\`npm run bench -- ${name}\`, ${Math.round(seconds)} s.)`,
    ...tables.flatMap((table) => [
      '',
      `**${table.title}**`,
      '',
      tableText(table),
      ...(table.note === undefined ? [] : ['', table.note]),
    ]),
  ];
}

/** Results of one machine and commit are told together. */
function machines(results: readonly Result[]): string[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const { commit, node, cpu, cores, memoryGb, system } = result.machine;
    const where = `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, commit \`${commit}\``;
    groups.set(where, [...(groups.get(where) ?? []), result]);
  }
  const lines = [...groups].map(([where, group]) => {
    const loads = group.flatMap(({ machine }) => machine.load);
    const days = group.map(({ machine }) => machine.at.slice(0, 10)).toSorted();
    const load = `load ${Math.min(...loads)} to ${Math.max(...loads)}`;
    return `- ${where}, ${days.at(-1)}, ${load}: ${group.map(({ name }) => name).join(', ')}`;
  });
  return [...lines, '', `Peers: ${peers(results.map(({ machine }) => machine))}.`];
}

function peers(measuredOn: readonly Machine[]): string {
  const newest = measuredOn.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  return Object.entries(newest?.versions ?? {})
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
