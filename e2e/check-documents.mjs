import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../deploy/project.mjs';

/** The first folder or file of anything that is ours: what begins otherwise (a URL, an import, a route) is no path. */
const OURS =
  /^(app|bench|components|deploy|docs|e2e|lib|public|server|\.ci)\/[\w./[\]-]+$|^(README\.md|LICENSE|package\.json|tsconfig\.json)$/;

/** Folders that a build or a run makes, so that a fresh clone may lack them. */
const MADE = /^(dist|data|\.next|node_modules)\//;

/** Files that the documents name must exist, since prose that nobody reads by machine goes stale. */
export function checkDocuments() {
  const documents = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ].filter((path) => existsSync(join(root, path)));
  const missing = documents.flatMap((document) => missingPaths(document));
  return Promise.resolve({
    ok: missing.length === 0,
    summary: `${documents.length} documents`,
    output: missing.join('\n'),
  });
}

/** @returns {string[]} a sentence for each path that `document` names and that is not there */
function missingPaths(/** @type {string} */ document) {
  const text = readFileSync(join(root, document), 'utf8');
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(document), target)));
  // `lib/ot`, `server/room/` and `lib/protocol/messages.ts` in code marks; a pattern with * or … is not a path.
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, word = '']) => word.replace(/[/.,]+$/, ''))
    .filter((word) => OURS.test(word));
  const paths = [...new Set([...linked, ...quoted])].filter((path) => !MADE.test(path));
  return paths
    .filter((path) => !existsSync(join(root, path)))
    .map((path) => `${document} names ${path}, which does not exist.`);
}
