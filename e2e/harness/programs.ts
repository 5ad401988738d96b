import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Servers are often in folders that only root has in its PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/opt/homebrew/bin'];

/**
 * The path of a program that is installed. Throws if it is not, with the package that has it on Debian and its kin.
 * @param name as it is called on a command line
 */
export function findProgram(name: string, debianPackage: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_FOLDERS];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(`There is no ${name} on this machine. Install it: apt-get install ${debianPackage}`);
}

/**
 * What a command is started through so that it goes even with a parent that was killed without a word: Linux tells it.
 * Elsewhere nothing; there it goes with a parent that ends by itself.
 */
export function mortal(): readonly string[] {
  return process.platform === 'linux' ? [findProgram('setpriv', 'util-linux'), '--pdeathsig', 'KILL'] : [];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
