import type { Patch } from './traces.ts';

/** The text after the first so many edits, by nothing but slices of strings. */
export function referenceOf(before: string, edits: readonly Patch[]): (count: number) => string {
  const known = new Map<number, string>();
  return (count) => {
    const text = known.get(count) ?? textAfter(before, edits.slice(0, count));
    known.set(count, text);
    return text;
  };
}

/** Splices one array of units, which nothing that is measured does. */
function textAfter(before: string, edits: readonly Patch[]): string {
  const units = before.split('');
  for (const [at, deleted, inserted] of edits) units.splice(at, deleted, ...inserted.split(''));
  return units.join('');
}
