import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSimulation, playInChild } from './bundle.ts';
import type { Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations.ts';

/** Seeds that a mutation may take to be noticed, beginning with 1: twice what the normal run plays, for the rarest. */
const SEEDS = 4_000;
/** A mutant that is not done by then, in ms, has got into a loop that no rule sees. */
const PATIENCE_MS = 600_000;

type Verdict =
  | { kind: 'caught'; histories: number; message: string }
  | { kind: 'survived'; histories: number }
  | { kind: 'broken'; why: string };

/**
 * Builds a copy of simulator and product for each mutation whose name contains `only`, and plays it until it is caught.
 * True if all are, and the unchanged product passes a share of the same seeds.
 */
export async function runMutants(only = ''): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-mutants-'));
  let good = true;
  try {
    good = tell(null, await judge(null, folder)) && good;
    for (const mutation of MUTATIONS.filter(({ name }) => name.includes(only))) {
      good = tell(mutation, await judge(mutation, folder)) && good;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return good;
}

async function judge(mutation: Mutation | null, folder: string): Promise<Verdict> {
  try {
    const bundle = await bundleSimulation(folder, mutation);
    // The product as it is has its own test; here it only shows that the way of looking is sound.
    const { histories, violation } = await playInChild(bundle, 1, mutation ? SEEDS : SEEDS / 10, PATIENCE_MS);
    if (!violation) return { kind: 'survived', histories };
    return { kind: 'caught', histories, message: violation.message.split('\n', 1)[0] ?? '' };
  } catch (error) {
    return { kind: 'broken', why: error instanceof Error ? error.message : String(error) };
  }
}

/** Says what became of it; true if that is as it should be. */
function tell(mutation: Mutation | null, verdict: Verdict): boolean {
  const name = mutation?.name ?? 'the product as it is';
  switch (verdict.kind) {
    case 'caught':
      console.log(`${mutation ? 'caught  ' : 'FAILED  '} ${name}\n         ${verdict.message}`);
      return mutation !== null;
    case 'survived':
      console.log(`${mutation ? 'SURVIVED' : 'passed  '} ${name} (${verdict.histories} histories)`);
      return mutation === null;
    case 'broken':
      console.log(`BROKEN   ${name}: ${verdict.why}`);
      return false;
  }
}
