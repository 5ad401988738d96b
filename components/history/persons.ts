import type { Author, Bucket } from './history-types.ts';

/** Somebody who wrote here, under all the numbers that their tabs and devices had. */
export interface PersonOfHistory {
  key: string;
  name: string;
  color: number;
  authors: readonly number[];
  /** How many revisions are theirs. */
  edits: number;
}

/** Who wrote, the busiest first. Whoever has one name and one colour is one person: more is not known of the past. */
export function personsOf(authors: readonly Author[], buckets: readonly Bucket[]): PersonOfHistory[] {
  const counts = new Map<number, number>();
  for (const { edits } of buckets) {
    for (const [author, many] of edits) counts.set(author, (counts.get(author) ?? 0) + many);
  }
  const persons = new Map<string, PersonOfHistory>();
  for (const { author, name, color } of authors) {
    const key = `${color} ${name}`;
    const known = persons.get(key);
    persons.set(key, {
      key,
      name,
      color,
      authors: [...(known?.authors ?? []), author],
      edits: (known?.edits ?? 0) + (counts.get(author) ?? 0),
    });
  }
  return [...persons.values()].filter(({ edits }) => edits > 0).sort((one, other) => other.edits - one.edits);
}
