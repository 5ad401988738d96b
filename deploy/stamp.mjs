import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What ends up in the build. Tests and documents do not, so changing them builds nothing. */
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'server', 'public'];
const SOURCE_FILES = [
  'deploy/base-path.mjs',
  'deploy/bundle.mjs',
  'deploy/compress.mjs',
  'deploy/join-scripts.mjs',
  'next.config.mjs',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const NOT_BUILT = /(\.test\.(ts|tsx|mjs)$)|(^lib\/testing\/)/;

/** What a whole build leaves behind. */
const PRODUCTS = ['dist/server.mjs', 'dist/storage-worker.mjs', '.next/BUILD_ID'];

/** Is the build that lies here the one of exactly these sources? By content: a fresh checkout's times say nothing. */
export function isBuilt(/** @type {string} */ root) {
  const stamp = join(root, 'dist', 'sources.sha256');
  if (![stamp, ...PRODUCTS.map((path) => join(root, path))].every((path) => existsSync(path))) return false;
  return readFileSync(stamp, 'utf8') === hashSources(root);
}

/**
 * Remembers of which sources the build is.
 * @param {string} root
 * @param {string} hash what `hashSources` said before the build began, so that an edit during it builds again
 */
export function stampBuild(root, hash) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'sources.sha256'), hash);
}

/** SHA-256 over the names and contents of everything that is built, and over the base path that it is built for. */
export function hashSources(/** @type {string} */ root) {
  const hash = createHash('sha256').update(`BASE_PATH\0${process.env['BASE_PATH'] ?? ''}\0`);
  const files = SOURCE_FOLDERS.flatMap((folder) => filesUnder(root, folder)).concat(
    SOURCE_FILES.filter((path) => existsSync(join(root, path))),
  );
  for (const path of files.filter((path) => !NOT_BUILT.test(path)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Paths below `folder`, relative to the root and with forward slashes on every system. @returns {string[]} */
function filesUnder(/** @type {string} */ root, /** @type {string} */ folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(root, path) : [path];
  });
}
