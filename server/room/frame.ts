import { encodeCompactOps, type LoggedOp, type ServerMessage } from '../../lib/protocol/index.ts';
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

/** An `ops` message in either encoding. */
export interface EntriesFrame {
  /** A text frame. */
  readonly text: Buffer;
  /** A binary frame, for `COMPACT_SUBPROTOCOL`. */
  readonly compact: Buffer;
}

/** Of consecutive entries, at least one. */
export function opsFrame(entries: readonly Entry[]): EntriesFrame {
  return new OpsFrame(entries);
}

/** Each encoding is made once, when somebody is told in it. */
class OpsFrame implements EntriesFrame {
  readonly #entries: readonly Entry[];
  #text: Buffer | null = null;
  #compact: Buffer | null = null;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  get text(): Buffer {
    const ops = (): LoggedOp[] => this.#entries.map(({ author, seq, op }) => [author, seq, op]);
    return (this.#text ??= frameOf({ t: 'ops', rev: this.#rev, ops: ops() }));
  }

  get compact(): Buffer {
    return (this.#compact ??= bufferOf(encodeCompactOps(this.#rev, this.#entries)));
  }

  get #rev(): number {
    return this.#entries[0]?.rev ?? 1;
  }
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

/** Whether the server can write. */
export function storeFrame(ok: boolean): Buffer {
  return frameOf(
    ok ? { t: 'store', ok } : { t: 'store', ok, message: 'The server cannot write to its disk. Edits wait.' },
  );
}
