import type { ThreadBody } from './next-thread.ts';
import type { NewChat, StoredAnchor, StoredChat, StoredThread } from './notes.ts';

/**
 * How every engine writes notes: as JSON, which keeps U+0000 and half pairs as escapes and is as long everywhere. Only these
 * functions write and read it. The parts by which rows are found have columns of their own.
 */

export function packChat({ author, name, color, at, text }: NewChat): string {
  return JSON.stringify({ author, name, color, at, text });
}

/** `quote`: its anchor's row, null without one. */
export function unpackChat(n: number, id: string, data: string, quote: AnchorRow | null): StoredChat {
  const said = JSON.parse(data) as Omit<StoredChat, 'n' | 'id' | 'quote'>;
  return { n, id, ...said, quote: quote && unpackAnchor(quote) };
}

export function packThread({ resolved, comments }: ThreadBody): string {
  return JSON.stringify({ resolved, comments });
}

export function unpackBody(data: string): ThreadBody {
  return JSON.parse(data) as ThreadBody;
}

export function unpackThread(id: string, data: string, anchor: AnchorRow): StoredThread {
  return { id, anchor: unpackAnchor(anchor), ...unpackBody(data) };
}

/** The same thread with other words in one of its comments. */
export function withComment({ resolved, comments }: ThreadBody, id: string, text: string): ThreadBody {
  return { resolved, comments: comments.map((one) => (one.id === id ? { ...one, text } : one)) };
}

/** An anchor's row. */
export interface AnchorRow {
  rev: number;
  data: string;
}

export function packAnchor({ rev, from, to, text, gone }: StoredAnchor): AnchorRow {
  return { rev, data: JSON.stringify({ from, to, text, gone }) };
}

export function unpackAnchor({ rev, data }: AnchorRow): StoredAnchor {
  return { rev, ...(JSON.parse(data) as Omit<StoredAnchor, 'rev'>) };
}
