import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    'from the store again. Tandem writes them as a room does, with author, number and time of each, and a snapshot at the end; the packed form is ' +
    'lib/ot’s, of ops alone, and opening it replays them all.',
  async run() {
    const { endSha256 } = automergePaper();
    const folder = mkdtempSync(join(tmpdir(), 'tandem-stored-'));
    const storage = await createSqliteStorage(folder);
    try {
      const stores = [await sqliteStore(storage, folder), ...PEERS.map(peerStore)];
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
        'The storage keeps a row for each entry, with author, number and time. The packed form, which fits, is not written yet.',
      goal: 80_000,
      must: 110_000,
    },
  ];
}

/** Everything through the storage's own methods, one author and a time for each edit. */
async function sqliteStore(storage: Storage, folder: string): Promise<Store> {
  const { edits } = automergePaper();
  const about = { epoch: 'e'.repeat(22), shard: '00000000', title: '', language: '', createdAt: 1 };
  const author = {
    author: 1,
    client: 'c'.repeat(22),
    person: '',
    name: 'Author',
    color: 1,
    kind: 'ot',
    link: 1,
  } as const;
  await storage.createRoom({
    id: ROOM,
    ...about,
    links: [{ token: 't'.repeat(22), role: 'edit' }],
    authors: [author],
  });
  const empty = sizeOf(folder);
  const text = Text.of('');
  for (let from = 0; from < edits.length; from += BATCH) {
    const entries = edits.slice(from, from + BATCH).map(([at, deleted, inserted], index) => {
      const op = replacement(at, deleted, inserted);
      text.apply(op);
      return {
        rev: from + index + 1,
        author: 1,
        seq: from + index + 1,
        at: 1_700_000_000_000 + (from + index) * 200,
        op,
      };
    });
    const answer = await storage.append(ROOM, { entries, settled: [] });
    if (!answer.ok) throw new Error('The storage has other entries.');
  }
  await storage.saveSnapshot(ROOM, { rev: edits.length, text: text.toString() });
  return {
    name: TANDEM,
    bytes: sizeOf(folder) - empty,
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

/** Bytes of all files in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
