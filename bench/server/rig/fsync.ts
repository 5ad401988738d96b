import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../../kit/numbers.ts';

const TIMES = 100;
/** What a commit of a few edits appends to the log of the database. */
const BYTES = 4_096;

/** How long this machine's disk takes to say that a page is safe, in ms: the middle, and the 95th percentile. */
export function measureFsync(): { p50: number; p95: number } {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-'));
  const file = openSync(join(folder, 'log'), 'w');
  const page = Buffer.alloc(BYTES, 'x');
  const times: number[] = [];
  try {
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now();
      writeSync(file, page);
      fsyncSync(file);
      times.push(performance.now() - began);
    }
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}
