import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { replacement, Text } from '../../lib/ot/index.ts';
import { createSqliteStorage } from '../../server/storage/sqlite/sqlite.ts';
import type { Storage } from '../../server/storage/storage.ts';
import type { Bar } from '../kit/bar.ts';
import type { Bench } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import { measuredLater } from '../kit/own-cpu.ts';
import { valuesOf, type Table } from '../kit/table.ts';
import { takeTurns } from '../kit/take-turns.ts';
import { automerge, diamondTypes, loro, yjs } from './peers/crdts.ts';
import { automergePaper, sha256 } from './traces.ts';

const PEERS = [yjs, loro, automerge, diamondTypes];
const ROOM = 'r'.repeat(22);
const TANDEM = 'Tandem, its SQLite file';
/** As many edits as one commit has in a busy room. */
const BATCH = 1_000;
/** A room rests for ten seconds before it is packed as small as it gets; on a machine that is busy it takes as long again. */
const PACKED_WITHIN_S = 60;

interface Store {
  name: string;
  bytes: number;
  remark?: string;
  /** From the store to the text. */
  open(): Promise<string>;
}

export const bench: Bench = {
  name: 'stored-history',
  title: 'A paper with its history, stored and opened',
  about:
    'All edits of automerge-paper are stored with everything that was ever typed or deleted, and then the newest text is read ' +
    'from the store again. Tandem writes them as a room does, with author, number and time of each (one edit in 200 ms), and a snapshot at the ' +
    'end. Counted is what its files have grown by after the room was left alone until nothing of it is packed any more (ten seconds), and a restart ' +
    'of the storage, which gives free pages back to the disk.',
  async run() {
    const { endSha256 } = automergePaper();
    const folder = mkdtempSync(join(tmpdir(), 'tandem-stored-'));
    const bytes = await writePaper(folder);
    const storage = await createSqliteStorage(folder);
    try {
      const stores = [sqliteStore(storage, bytes), ...PEERS.map(peerStore)];
      const results = await takeTurns(stores, async ({ name, open }) => {
        const { cpu, wall, result } = await measuredLater(open);
        if (sha256(result) !== endSha256) throw new Error(`${name} opens another text.`);
        return { cpu, wall };
      });
      const table: Table = {
        title: 'Stored bytes, and opening to the text',
        columns: [
          { key: 'bytes', title: 'bytes stored' },
          { key: 'cpu', title: 'opening, CPU ms' },
          { key: 'wall', title: 'opening, ms' },
        ],
        rows: stores.map(({ name, bytes, remark }, at) => {
          const rounds = results[at]?.rounds ?? [];
          const figures = { bytes: [bytes], cpu: rounds.map(({ cpu }) => cpu), wall: rounds.map(({ wall }) => wall) };
          return { name, figures, ...(remark !== undefined && { remark }) };
        }),
      };
      return { tables: [table], bars: bars(table) };
    } finally {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function bars(table: Table): Bar[] {
  return [
    {
      what: 'Stored history of automerge-paper, as the server stores it',
      value: median(valuesOf(table, TANDEM, 'bytes')),
      unit: ' bytes',
      sense: 'at most',
      obstacle:
        'Nine tenths are letters and places, compressed; the times of real people are less regular, a byte or two for each edit more.',
      goal: 80_000,
      must: 110_000,
    },
  ];
}

/** Everything through the storage's own methods, one author and a time for each edit. Returns by how much the files have grown. */
async function writePaper(folder: string): Promise<number> {
  const room = { epoch: 'e'.repeat(22), shard: '00000000', title: '', language: '', createdAt: 1 };
  const author = { client: 'c'.repeat(22), person: '', name: 'Author', color: 1, kind: 'ot', link: 1 } as const;
  await withStorage(folder, async (storage) => {
    const links = [{ token: 't'.repeat(22), role: 'edit' as const }];
    await storage.createRoom({ id: ROOM, ...room, links, authors: [{ ...author, author: 1 }] });
  });
  const empty = sizeOf(folder);
  await withStorage(folder, async (storage) => {
    await appendAll(storage);
    await untilPacked(folder);
  });
  await withStorage(folder, (storage) => storage.probe());
  return sizeOf(folder) - empty;
}

async function appendAll(storage: Storage): Promise<void> {
  const { edits } = automergePaper();
  const text = Text.of('');
  for (let from = 0; from < edits.length; from += BATCH) {
    const entries = edits.slice(from, from + BATCH).map(([place, deleted, inserted], index) => {
      const op = replacement(place, deleted, inserted);
      text.apply(op);
      const rev = from + index + 1;
      return { rev, author: 1, seq: rev, at: 1_700_000_000_000 + rev * 200, op };
    });
    const answer = await storage.append(ROOM, { entries, settled: [] });
    if (!answer.ok) throw new Error('The storage has other entries.');
  }
  await storage.saveSnapshot(ROOM, { rev: edits.length, text: text.toString() });
}

/** Until the newest text lies in a pack, which comes last. The storage does it by itself; nothing tells when. */
async function untilPacked(folder: string): Promise<void> {
  const database = new Database(join(folder, 'tandem.db'), { readonly: true });
  try {
    const left = database.prepare("select 1 from snapshots where form <> 'packed' union all select 1 from entries");
    for (let tries = 0; left.all().length > 0; tries++) {
      if (tries > PACKED_WITHIN_S) throw new Error(`Nothing is packed after ${PACKED_WITHIN_S} s.`);
      await pause(1_000);
    }
  } finally {
    database.close();
  }
}

async function withStorage(folder: string, use: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await createSqliteStorage(folder);
  try {
    await use(storage);
  } finally {
    await storage.close();
  }
}

function sqliteStore(storage: Storage, bytes: number): Store {
  return {
    name: TANDEM,
    bytes,
    remark: 'with who and when',
    async open() {
      const room = await storage.loadRoom(ROOM);
      const opened = Text.of(room?.snapshot?.text ?? '');
      for (const { op } of room?.entries ?? []) opened.apply(op);
      return opened.toString();
    },
  };
}

function peerStore(peer: (typeof PEERS)[number]): Store {
  const bytes = peer.store((edit) => {
    for (const [at, deleted, inserted] of automergePaper().edits) edit(at, deleted, inserted);
  });
  return {
    name: peer.name,
    bytes: bytes.length,
    ...(peer === yjs && { remark: 'without deleted text' }),
    open: () => Promise.resolve(peer.read(bytes)),
  };
}

/** Bytes of all files in a folder, but for the memory that programs share while they have the database open: this one had it open too. */
function sizeOf(folder: string): number {
  const files = readdirSync(folder).filter((file) => !file.endsWith('-shm'));
  return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
