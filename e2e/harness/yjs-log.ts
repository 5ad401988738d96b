import { join } from 'node:path';
import Database from 'libsql';
import type { Op } from '../../lib/ot/index.ts';
import { readPacked } from './stored-packs.ts';
import { readJournals, readTail } from './stored-tail.ts';

/** One entry of a room's log as it lies on disk, with what it did to the room's Y.Doc, if that is known. */
export interface StoredYjsEntry {
  rev: number;
  author: number;
  seq: number;
  op: Op;
  yjs: Uint8Array | null;
}

/** A room's Yjs side as it lies on disk. */
export interface StoredYjsRoom {
  entries: StoredYjsEntry[];
  /** Null: the log names no root, so the room never had a Y.Doc. */
  lineage: { root: string; rev: number; state: Uint8Array | null } | null;
}

const OF_TOKEN = '(select room from links where token = ?)';

/** Reads a room's log with its bytes straight from the database file: what is there, not what a server says of it. */
export function readYjsRoom(dataDir: string, token: string): StoredYjsRoom {
  const journal = readJournals(dataDir);
  const database = new Database(join(dataDir, 'tandem.db'), { readonly: true });
  try {
    // One picture: entries move from the tail to their table, and from there to packs.
    database.exec('begin');
    const rows = database
      .prepare(`select rev, author, seq, op from entries where room = ${OF_TOKEN} order by rev`)
      .all(token) as { rev: number; author: number; seq: number; op: string }[];
    const bytes = database.prepare(`select rev, yjs from entries_yjs where room = ${OF_TOKEN}`).all(token) as {
      rev: number;
      yjs: Uint8Array;
    }[];
    const yjsOf = new Map(bytes.map(({ rev, yjs }) => [rev, new Uint8Array(yjs)]));
    const lineage = database
      .prepare(`select cast(root as text) as root, rev, state from lineages where room = ${OF_TOKEN}`)
      .get(token) as { root: string; rev: number; state: Uint8Array | null } | undefined;
    const loose = rows.map(({ op, ...row }) => ({ ...row, op: JSON.parse(op) as Op }));
    const entries = [...readPacked(database, token), ...loose, ...readTail(database, token, journal)];
    return {
      entries: entries.map((entry) => ({ ...entry, yjs: yjsOf.get(entry.rev) ?? null })),
      lineage: lineage ? { root: lineage.root, rev: lineage.rev, state: bytesOf(lineage.state) } : null,
    };
  } finally {
    // Closing alone leaves it open until the statements are collected, and a reader is in the way of who erases.
    database.exec('rollback');
    database.close();
  }
}

function bytesOf(blob: Uint8Array | null): Uint8Array | null {
  return blob && new Uint8Array(blob);
}
