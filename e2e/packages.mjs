import { accessSync, constants, existsSync } from 'node:fs';
import { platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { Failure } from '../deploy/failure.mjs';
import { tail } from '../deploy/project.mjs';
import { run } from '../deploy/run.mjs';

/** What tests start for themselves: a program of it, and the package on Debian and its kin that has it. */
const SERVICES = [
  { program: 'nginx', package: 'nginx' },
  { program: 'redis-server', package: 'redis-server' },
  { program: 'prometheus', package: 'prometheus' },
  { program: 'pg_ctlcluster', package: 'postgresql' },
];

/** Servers are in folders that only root has in its PATH. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** Finds the services that tests of a whole cluster need, or installs them where that can be done without asking. */
export async function ensureServices() {
  const missing = SERVICES.filter(({ program }) => !FOLDERS.some((folder) => isProgram(join(folder, program))));
  // Elsewhere Postgres is not split into two packages, and its own programs are in the PATH.
  const wanted = missing.filter(
    ({ package: name }) => name !== 'postgresql' || !FOLDERS.some((folder) => isProgram(join(folder, 'initdb'))),
  );
  if (wanted.length === 0) return;
  const names = wanted.map(({ package: name }) => name);
  if (!mayInstall()) {
    throw new Failure(
      `The tests start ${names.join(', ')} for themselves, and this machine lacks ${names.length === 1 ? 'it' : 'them'}. ` +
        `Install with your system's packages (Debian: apt-get install ${names.join(' ')}); nothing of it has to run.`,
    );
  }
  console.log(`Installing ${names.join(', ')} for the tests of a cluster. This takes about half a minute, once.`);
  await install(names, `Install ${names.join(', ')} yourself.`);
}

/** May packages be installed without asking anybody? On Debian and its kin, as root. */
export function mayInstall() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/**
 * Installs Debian packages. Throws a `Failure` with apt's words if that fails.
 * @param {readonly string[]} packages
 * @param {string} advice what to do instead
 */
export async function install(packages, advice) {
  await apt(advice, 'update');
  await apt(advice, 'install', '-y', '--no-install-recommends', ...packages);
}

export function isProgram(/** @type {string} */ path) {
  try {
    // Windows knows no executable bit.
    accessSync(path, platform() === 'win32' ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function apt(/** @type {string} */ advice, /** @type {string[]} */ ...args) {
  const { code, output } = await run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if (code === 0) return;
  throw new Failure(`${tail(output)}\n\`apt-get ${args.join(' ')}\` failed as shown above. ${advice}`);
}
