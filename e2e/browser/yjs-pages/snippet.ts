import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../harness/index.ts';

/** The code under this heading of docs/YJS.md, letter by letter: what stands there is what the tests run. */
export function snippet(heading: string): string {
  const document = readFileSync(join(root, 'docs', 'YJS.md'), 'utf8');
  const section = document.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  const code = /^```js\n([\s\S]*?)^```$/m.exec(section ?? '')?.[1];
  if (code === undefined) throw new Error(`docs/YJS.md has no code under "${heading}".`);
  return code;
}
