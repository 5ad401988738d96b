import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../e2e/harness/index.ts';

/** Bytes of some code as it is, and as it is sent. */
export interface Weight {
  raw: number;
  gzip: number;
  brotli: number;
}

/** A file of the build. */
interface BuiltFile {
  /** From the root of all files on. */
  path: string;
  body: Buffer;
}

/** All files of the build that browsers may fetch and whose name ends with `ending`. */
export function builtFiles(ending: '.js' | '.css'): BuiltFile[] {
  const folder = join(root, '.next', 'static');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .map((path) => ({ path, body: readFileSync(path) }));
}

/** The files that a part's words are in. Throws if there are none: then the words have to be chosen anew. */
export function filesOfPart(files: readonly BuiltFile[], part: string, words: string): BuiltFile[] {
  const found = files.filter(({ body }) => body.includes(words));
  if (found.length === 0) throw new Error(`No file of the build has the words ${words} of ${part}.`);
  return found;
}

/** The files that these are the bodies of. Throws if one is none of the build's. */
export function filesOfBodies(files: readonly BuiltFile[], bodies: readonly Buffer[]): BuiltFile[] {
  return bodies.map((body) => {
    const found = files.find((file) => file.body.equals(body));
    if (!found) throw new Error(`A script of ${body.length} bytes is no file of the build.`);
    return found;
  });
}

/** The build has compressed them already, as the server sends them: to do it again would take half a minute. */
export function weigh(files: readonly BuiltFile[]): Weight {
  const sum = (bytes: (file: BuiltFile) => number) => files.reduce((total, file) => total + bytes(file), 0);
  return {
    raw: sum(({ body }) => body.length),
    gzip: sum((file) => sentBytes(file, 'gz')),
    brotli: sum((file) => sentBytes(file, 'br')),
  };
}

/** The smallest files are sent as they are. */
function sentBytes({ path, body }: BuiltFile, form: 'gz' | 'br'): number {
  return statSync(`${path}.${form}`, { throwIfNoEntry: false })?.size ?? body.length;
}
