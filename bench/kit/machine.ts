import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Where and on what something was measured. */
export interface Machine {
  /** ISO, UTC, to the second. */
  at: string;
  /** Of the sources, with a `+` if they were changed since; `unknown` without git. */
  commit: string;
  node: string;
  system: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  /** Load average over a minute, at the beginning and at the end. */
  load: readonly [number, number];
  /** Exact versions of the libraries that are measured, by name. */
  versions: Readonly<Record<string, string>>;
}

const benchFolder = fileURLToPath(new URL('..', import.meta.url));

/** What is told about this machine; `loadBefore` is the load when the benchmark began. */
export function machine(loadBefore: number): Machine {
  const [processor] = cpus();
  return {
    at: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    commit: commit(),
    node: process.version,
    system: `${type()} ${release()}`,
    cpu: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: [loadBefore, loadNow()],
    versions: versions(),
  };
}

/** Load average over the last minute. */
export function loadNow(): number {
  return Number((loadavg()[0] ?? Number.NaN).toFixed(2));
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: benchFolder, encoding: 'utf8' }).trim();
  try {
    // What a run writes itself is no change of what it measured.
    const changed = git('status', '--porcelain', '--', '..', ':!results', ':!../docs/PERFORMANCE.md');
    return `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`;
  } catch {
    // An unpacked archive has no history.
    return 'unknown';
  }
}

function versions(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(`${benchFolder}package.json`, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies;
}
