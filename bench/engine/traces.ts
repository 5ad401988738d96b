import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** `[position, deleted, inserted]`, in UTF-16 units. */
export type Patch = readonly [position: number, deleted: number, inserted: string];

export interface SequentialTrace {
  edits: readonly Patch[];
  endLength: number;
  endSha256: string;
}

export interface ConcurrentTrace {
  numAgents: number;
  txns: readonly { parents: readonly number[]; agent: number; patches: readonly Patch[] }[];
}

/** End of friendsforever where text in the log is to the left, and where it is to the right: bench/traces/README.md. */
export const FRIENDSFOREVER_SHA256: readonly string[] = [
  '4c0c9d0de160288ff73afc088960ea549937d6e5b3e0f830a933385549727228',
  '4720ec330c91e288c00b71cab318f7a1cdde689dfc401f269c353acfd6cb03f6',
];

/** A real paper, typed by one author: 259,778 edits. */
export function automergePaper(): SequentialTrace {
  return read('automerge-paper.seq') as SequentialTrace;
}

/** Two authors at once: 26,078 edits. */
export function friendsForever(): ConcurrentTrace {
  return read('friendsforever.conc') as ConcurrentTrace;
}

/** Hex, of the text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function read(name: string): unknown {
  const file = new URL(`../traces/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}
