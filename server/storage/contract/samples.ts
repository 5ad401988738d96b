import type { Entry, Link, NewAuthor, NewLink, NewRoom } from '../storage.ts';

/** A person of a room, all fields filled. */
export function someAuthor(client: string, change: Partial<NewAuthor> = {}): NewAuthor {
  return { client, person: `person-${client}`, name: `Name ${client}`, color: 3, kind: 'ot', link: 1, ...change };
}

/** A room with its three links and one author, number 1. */
export function someRoom(id: string, change: Partial<NewRoom> = {}): NewRoom {
  return {
    id,
    epoch: `epoch-${id}`,
    shard: `shard-${id}`,
    title: 'A title',
    language: 'markdown',
    createdAt: 1_700_000_000_123,
    links: [
      { token: `${id}-owner`, role: 'owner' },
      { token: `${id}-edit`, role: 'edit' },
      { token: `${id}-view`, role: 'view' },
    ],
    authors: [{ ...someAuthor('first'), author: 1 }],
    ...change,
  };
}

/** A link to be made. */
export function newLink(token: string, change: Partial<NewLink> = {}): NewLink {
  return {
    token,
    role: 'edit',
    name: '',
    createdAt: 1_700_000_000_123,
    expiresAt: null,
    passwordHash: null,
    ...change,
  };
}

/** What is stored of one. */
export function someLink(token: string, room: string, number: number, change: Partial<Link> = {}): Link {
  return { ...newLink(token), room, number, revokedAt: null, ...change };
}

/** Entries `from` … `to` by one author, whose `seq` is the revision. */
export function someEntries(from: number, to: number, author = 1): Entry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const rev = from + index;
    return { rev, author, seq: rev, at: 1_700_000_000_000 + rev, op: rev === 1 ? ['a'] : [rev - 1, 'a'] };
  });
}

/** The same with Yjs bytes, which tell their revision. */
export function someYjsEntries(from: number, to: number, author = 1): Entry[] {
  return someEntries(from, to, author).map((entry) => ({ ...entry, yjs: someBytes(entry.rev) }));
}

/** Bytes of every value; engines do not look into them. */
export function someBytes(first: number): Uint8Array {
  return Uint8Array.from({ length: 300 }, (_, index) => first + index);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
