import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { root } from '../../../e2e/harness/index.ts';

/** Bytes of some code as it is, and as it is sent. */
export interface Weight {
  raw: number;
  gzip: number;
  brotli: number;
}

/** A file of the build. */
interface BuiltFile {
  path: string;
  body: Buffer;
}

/** All files of the build that browsers may fetch and whose name ends with `ending`. */
export function builtFiles(ending: '.js' | '.css'): BuiltFile[] {
  const folder = join(root, '.next', 'static');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => ({ path, body: readFileSync(join(folder, path)) }));
}

/** The files that a part's words are in. Throws if there are none: then the words have to be chosen anew. */
export function filesOfPart(files: readonly BuiltFile[], part: string, words: string): BuiltFile[] {
  const found = files.filter(({ body }) => body.includes(words));
  if (found.length === 0) throw new Error(`No file of the build has the words ${words} of ${part}.`);
  return found;
}

export function weigh(files: readonly BuiltFile[]): Weight {
  const sum = (bytes: (body: Buffer) => number) => files.reduce((total, { body }) => total + bytes(body), 0);
  return {
    raw: sum((body) => body.length),
    gzip: sum((body) => gzipSync(body).length),
    brotli: sum((body) => brotliCompressSync(body).length),
  };
}
