import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, runCommand } from './failure.mjs';
import { root } from './project.mjs';

const WORDS = join(root, 'components', 'words');
const COMPILED = join(WORDS, 'compiled');

/**
 * What `npm run words` would write, by path below `components/words/compiled`. Throws a `Failure` that names every message
 * which is wrong: docs/decisions/words.md.
 * @returns {Promise<Map<string, string>>}
 */
export async function makeWords() {
  // Not above: the checks are loaded before their libraries are installed.
  const { compileCatalogues } = await import('./words/compile.mjs');
  const { files, faults } = await compileCatalogues(readCatalogues());
  if (faults.length > 0) throw new Failure(`The catalogues do not fit together:\n${faults.join('\n')}`);
  return files;
}

/** Are the compiled files those of the catalogues? For `npm run check`. */
export async function checkWords() {
  const files = await makeWords();
  const stale = [...files].filter(([path, text]) => read(join(COMPILED, path)) !== text).map(([path]) => path);
  const gone = existing().filter((path) => !files.has(path));
  if (stale.length + gone.length === 0) return { ok: true, summary: `${files.size} files` };
  return { ok: false, output: `Not as the catalogues say: ${[...stale, ...gone].join(', ')}. Run: npm run words` };
}

/** Every language's folder: its JSON files by their names, parsed. */
function readCatalogues() {
  const folders = readdirSync(WORDS, { withFileTypes: true }).filter((one) => one.isDirectory());
  const codes = folders.map(({ name }) => name).filter((name) => existsSync(join(WORDS, name, 'language.json')));
  return new Map(codes.sort().map((code) => [code, readFolder(join(WORDS, code))]));
}

/** @returns {Map<string, unknown>} */
function readFolder(/** @type {string} */ folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    names.sort().map((name) => {
      try {
        return [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, name), 'utf8'))];
      } catch (error) {
        throw new Failure(
          `${join(folder, name)} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }),
  );
}

function existing() {
  if (!existsSync(COMPILED)) return [];
  const all = readdirSync(COMPILED, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return all.map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(COMPILED.length + 1)
      .replaceAll('\\', '/'),
  );
}

function read(/** @type {string} */ path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

// npm run words: after a catalogue was changed.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runCommand(async () => {
    const files = await makeWords();
    for (const path of existing()) if (!files.has(path)) rmSync(join(COMPILED, path));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(COMPILED, path)), { recursive: true });
      writeFileSync(join(COMPILED, path), text);
    }
    console.log(`Words: ${files.size} files.`);
  });
}
