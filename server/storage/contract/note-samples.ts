import type { Comment } from '../../../lib/protocol/index.ts';
import type { NewChat, StoredAnchor } from '../notes.ts';

/** A passage, all fields filled. Its text has what a text may have. */
export function someAnchor(rev: number, change: Partial<StoredAnchor> = {}): StoredAnchor {
  return { rev, from: 1, to: 3, text: 'a\0😀', gone: null, ...change };
}

export function someChat(id: string, change: Partial<NewChat> = {}): NewChat {
  return {
    id,
    author: 1,
    name: 'Zoë',
    color: 3,
    at: 1_700_000_000_123,
    text: `${id} says\nhello`,
    quote: null,
    ...change,
  };
}

export function someComment(id: string, change: Partial<Comment> = {}): Comment {
  return { id, author: 1, name: 'Zoë', color: 3, at: 1_700_000_000_123, text: `${id} asks`, ...change };
}
