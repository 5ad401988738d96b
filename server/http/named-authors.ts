import type { Storage } from '../storage/storage.ts';

/** An author as others are told of. */
export interface NamedAuthor {
  author: number;
  name: string;
  color: number;
}

/** What those of these authors are called who are known, ascending. */
export async function named(storage: Storage, room: string, numbers: Iterable<number>): Promise<NamedAuthor[]> {
  const wanted = new Set(numbers);
  const all = await storage.authors(room);
  return all.filter(({ author }) => wanted.has(author)).map(({ author, name, color }) => ({ author, name, color }));
}
