import { parseArgs } from 'node:util';
import { ToolFailure } from './tool-failure.ts';

/** Reads `--name value` for each of `names`, and `--flag`. Throws `ToolFailure` with `usage` if that is not what stands there. */
export function readOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  usage: string,
  flag?: string,
): Record<Name, string> & { flag: boolean } {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const all = flag === undefined ? options : { ...options, [flag]: { type: 'boolean' as const } };
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options: all }));
  } catch (error) {
    throw new ToolFailure(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
  }
  const read = names.map((name) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') throw new ToolFailure(`--${name} is missing.\nUsage: ${usage}`);
    return [name, value];
  });
  // `names` are the names.
  return { ...(Object.fromEntries(read) as Record<Name, string>), flag: flag !== undefined && values[flag] === true };
}
