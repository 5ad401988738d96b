import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ChildReport } from './child.ts';
import type { Mutation } from './mutation.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Histories make short-lived garbage; with the default of 16 MiB a sixth of the time goes into collecting it. */
const YOUNG_MIB = 32;

/**
 * Simulator and product in one file of plain JavaScript in `folder`, which runs some three times as fast as what a test
 * runner makes of them, and can hold a mutation. Returns its path. Throws if the mutation finds nothing to replace.
 */
export async function bundleSimulation(folder: string, mutation: Mutation | null): Promise<string> {
  const outfile = join(folder, 'simulation.mjs');
  const path = mutation && resolve(ROOT, mutation.file);
  let mutated = false;
  await build({
    entryPoints: [join(ROOT, 'e2e/simulation/child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutation',
        setup: (setup) => {
          setup.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            if (!mutation || loaded !== path) return undefined;
            mutated = true;
            return { contents: mutate(mutation, readFileSync(loaded, 'utf8')), loader: 'ts' };
          });
        },
      },
    ],
  });
  if (mutation && !mutated) throw new Error(`${mutation.file} is no part of the simulation.`);
  return outfile;
}

function mutate({ file, find, replace, imports = '' }: Mutation, source: string): string {
  const times = source.split(find).length - 1;
  if (times !== 1) throw new Error(`What is to be replaced is ${times} times in ${file}.`);
  return `${imports}\n${source.replace(find, () => replace)}`;
}

/**
 * Plays `count` seeds from `first` on in a process of its own, until the first violation. Rejects with what it printed if
 * it broke down, or took longer than `patienceMs`.
 */
export function playInChild(bundle: string, first: number, count: number, patienceMs: number): Promise<ChildReport> {
  return new Promise((done, failed) => {
    const options = [`--max-semi-space-size=${YOUNG_MIB}`, bundle, String(first), String(count)];
    const child = spawn(process.execPath, options, { cwd: ROOT, timeout: patienceMs });
    let output = '';
    let trouble = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
    child.on('error', failed);
    child.on('close', (code, signal) => {
      if (signal) return failed(new Error(`It took longer than ${patienceMs} ms and was ended.\n${trouble}`));
      if (code !== 0) return failed(new Error(`It ended with ${code}.\n${trouble.slice(-2_000)}`));
      done(JSON.parse(output.trim().split('\n').at(-1) ?? '') as ChildReport);
    });
  });
}
