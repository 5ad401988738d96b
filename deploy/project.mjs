import { fileURLToPath } from 'node:url';

/** The folder of the checkout. Every command works from here, wherever it was called. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Next reports nothing home, and leaves the lock file as it is. */
export const quietNext = { NEXT_TELEMETRY_DISABLED: '1', NEXT_IGNORE_INCORRECT_LOCKFILE: '1' };

/** The last lines of a program's output: enough to see what went wrong. */
export function tail(/** @type {string} */ output, lines = 40) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
