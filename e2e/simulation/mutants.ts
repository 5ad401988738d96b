import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MUTATIONS, type Mutation } from './mutations.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Seeds that a mutation may take to be noticed, beginning with 1. */
const SEEDS = 400;
/** A mutant that makes a history go on for ever has been noticed, too, but says so only by this, in ms. */
const PATIENCE_MS = 180_000;

type Verdict =
  | { kind: 'caught'; histories: number; message: string }
  | { kind: 'survived'; histories: number }
  | { kind: 'broken'; why: string };

/**
 * Builds a copy of simulator and product for each mutation and runs it until it is caught. True if all are, and the
 * unchanged product passes the same seeds.
 */
export async function runMutants(only?: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-mutants-'));
  let good = true;
  try {
    const chosen = MUTATIONS.filter(({ name }) => only === undefined || name.includes(only));
    for (const mutation of [null, ...chosen]) {
      const verdict = await judge(mutation, folder);
      good = tell(mutation, verdict) && good;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return good;
}

function tell(mutation: Mutation | null, verdict: Verdict): boolean {
  const name = mutation?.name ?? 'the product as it is';
  switch (verdict.kind) {
    case 'caught':
      console.log(
        `${mutation ? 'caught  ' : 'FAILED  '} ${name}\n         after ${verdict.histories}: ${verdict.message.slice(0, 180)}`,
      );
      return mutation !== null;
    case 'survived':
      console.log(`${mutation ? 'SURVIVED' : 'passed  '} ${name} (${verdict.histories} histories)`);
      return mutation === null;
    case 'broken':
      console.log(`BROKEN   ${name}: ${verdict.why}`);
      return false;
  }
}

async function judge(mutation: Mutation | null, folder: string): Promise<Verdict> {
  const bundle = join(folder, 'simulation.mjs');
  const fault = await bundleWith(mutation, bundle);
  if (fault !== null) return { kind: 'broken', why: fault };
  const output = await runBundle(bundle);
  const line = output.trim().split('\n').at(-1) ?? '';
  try {
    const { histories, message } = JSON.parse(line) as { histories: number; message: string | null };
    if (message === null) return { kind: 'survived', histories };
    return { kind: 'caught', histories, message: message.split('\n', 1)[0] ?? '' };
  } catch {
    return { kind: 'broken', why: output.slice(-600) || 'It said nothing.' };
  }
}

/** Null, or what kept it from being built. */
async function bundleWith(mutation: Mutation | null, outfile: string): Promise<string | null> {
  let mutated = mutation === null;
  const path = mutation && resolve(ROOT, mutation.file);
  if (mutation && path) {
    const times = readFileSync(path, 'utf8').split(mutation.find).length - 1;
    if (times !== 1) return `What it replaces is ${times} times in ${mutation.file}.`;
  }
  await build({
    entryPoints: [join(ROOT, 'e2e/simulation/mutant-child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'mutation',
        setup: (setup) => {
          setup.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            if (!mutation || loaded !== path) return undefined;
            mutated = true;
            const source = readFileSync(loaded, 'utf8').replace(mutation.find, () => mutation.replace);
            return { contents: mutation.imports ? `${mutation.imports}\n${source}` : source, loader: 'ts' };
          });
        },
      },
    ],
  });
  return mutated ? null : `${mutation?.file ?? ''} is no part of the simulation.`;
}

function runBundle(bundle: string): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [bundle, String(SEEDS)], { cwd: ROOT, timeout: PATIENCE_MS });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', failed);
    child.on('close', (_code, signal) => done(signal ? `${output}\nIt was ended after ${PATIENCE_MS} ms.` : output));
  });
}
