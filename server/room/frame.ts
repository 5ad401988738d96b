import type { ServerMessage } from '../../lib/protocol/index.ts';
import type { Entry } from '../storage/storage.ts';

/** The bytes of one text frame. Built once, then shared by everybody who gets it: never write into it. */
export function frameOf(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message), 'utf8');
}

/** A welcome with the text, which is JSON in bytes already: the pieces of a frame, of which the text is shared by all. */
export function welcomePieces(message: Omit<ServerMessage & { t: 'welcome' }, 'text'>, text: Buffer): Buffer[] {
  const rest = JSON.stringify(message);
  return [Buffer.from(`${rest.slice(0, -1)},"text":`, 'utf8'), text, END];
}

const END = Buffer.from('}');

/** Consecutive entries, at least one. */
export function opsFrame(entries: readonly Entry[]): Buffer {
  const [first] = entries;
  return frameOf({ t: 'ops', rev: first?.rev ?? 1, ops: entries.map(({ author, seq, op }) => [author, seq, op]) });
}

/** Whether the server can write. */
export function storeFrame(ok: boolean): Buffer {
  return frameOf(
    ok ? { t: 'store', ok } : { t: 'store', ok, message: 'The server cannot write to its disk. Edits wait.' },
  );
}
