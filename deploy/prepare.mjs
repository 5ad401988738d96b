import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './bundle.mjs';
import { Failure } from './failure.mjs';
import { root, tail } from './project.mjs';
import { run } from './run.mjs';
import { isBuilt } from './stamp.mjs';

/** What package.json's `engines` says: the oldest Node that the libraries we use still support. */
const OLDEST_NODE = [20, 9];

/** npm's codes for a registry that is not there: no network, no name, no answer. */
const NO_NETWORK = /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH)\b/;

/** Throws a `Failure` if this Node is too old. */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Failure(
    `Tandem needs Node ${OLDEST_NODE.join('.')} or newer, and this is Node ${process.versions.node}. ` +
      'Install a current one from https://nodejs.org and run the same command again.',
  );
}

/** Installs what package-lock.json names, unless node_modules holds exactly that already. */
export async function ensureDependencies() {
  if (isInstalled()) return;
  ensureWritable();
  console.log('Installing the libraries that Tandem is built from. This takes about a minute, once.');
  // Without a network npm would try each library again and again, for minutes. What it kept from other installs may do.
  const ping = await npm('ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000');
  const offline = NO_NETWORK.test(ping.output);
  // The build needs the development libraries too, also where NODE_ENV=production would leave them out.
  const install = await npm('ci', '--include=dev', '--no-audit', '--no-fund', ...(offline ? ['--offline'] : []));
  if (install.code === 0) return;
  throw new Failure(`${tail((offline ? ping : install).output)}\n\n${explainInstall(install, offline)}`);
}

/** Builds the pages and the server, unless dist/ and .next/ hold the build of exactly these sources. */
export async function ensureBuild() {
  if (isBuilt(root)) return;
  ensureWritable();
  console.log('Building Tandem. This takes about half a minute, and again only after the sources change.');
  await build();
}

/**
 * Compares our lock file with the one npm leaves inside node_modules when an install is complete. Packages for other
 * systems are optional, and may be missing.
 */
function isInstalled() {
  const done = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(done)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(done);
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found === undefined ? optional === true || devOptional === true : found.version === version;
  });
}

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
function readPackages(/** @type {string} */ lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch (error) {
    throw new Failure(
      `${lockFile} cannot be read (${error instanceof Error ? error.message : String(error)}). Check it out again.`,
    );
  }
}

function ensureWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Failure(
      `Tandem has to write into its own folder, ${root}, and may not. ` +
        'Give your user the right to write there, or move the folder to a place where it has it.',
    );
  }
}

/** Runs npm in the checkout: the very one that started us, if one did, otherwise the one on the PATH. */
export function npm(/** @type {string[]} */ ...args) {
  const path = process.env['npm_execpath'];
  const [command, first] = path?.endsWith('npm-cli.js') ? [process.execPath, [path]] : ['npm', []];
  return run(command, [...first, ...args], { cwd: root });
}

/** What to do about an install that failed, from npm's stable error codes. */
function explainInstall(
  /** @type {{ code: number, output: string }} */ { code, output },
  /** @type {boolean} */ offline,
) {
  if (code === 127)
    return 'npm was not found. It comes with Node: install Node from https://nodejs.org, and try again.';
  if (offline || NO_NETWORK.test(output)) {
    return (
      'The package registry cannot be reached. Tandem needs the network once, to install its libraries: ' +
      'connect (or set your proxy with `npm config set proxy <url>`) and run the same command again.'
    );
  }
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    return `npm may not write into ${root}. Give your user the right to write there, and run the same command again.`;
  }
  if (/\bENOSPC\b/.test(output)) return 'The disk is full. Free about 700 MB and run the same command again.';
  return 'Installing the libraries failed; npm says why above.';
}
