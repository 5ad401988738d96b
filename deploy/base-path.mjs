import { Failure } from './failure.mjs';

/**
 * The base path that the pages are built for: BASE_PATH, or none. Throws a `Failure` if it is no such path. The server
 * asks the same of it at each start (server/config.ts), but a build comes before.
 * @returns {string}
 */
export function readBasePath() {
  const path = process.env['BASE_PATH'] ?? '';
  if (/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)*$/.test(path)) return path;
  throw new Failure(`BASE_PATH is ${JSON.stringify(path)}; it must be a path such as /notes, or empty.`);
}
