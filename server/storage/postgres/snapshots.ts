import { SNAPSHOT_DISTANCE } from '../snapshot-distance.ts';
import { StorageRefused, type Snapshot, type Storage, type StoredLineage } from '../storage.ts';
import type { Connections, Session, Statement } from './connections.ts';
import { isOutdated, lockRoom } from './room-row.ts';

type SnapshotMethods = Pick<
  Storage,
  'snapshotBefore' | 'snapshotRevs' | 'saveSnapshot' | 'loadLineage' | 'saveLineage'
>;

const READ: Statement = {
  name: 'snapshot-before',
  text: 'select rev, text from snapshots where room = $1 and rev <= $2::bigint order by rev desc limit 1',
};
export const SNAPSHOT_REVS: Statement = {
  name: 'snapshot-revs',
  text: 'select rev from snapshots where room = $1 order by rev',
};
const OLDER: Statement = {
  name: 'older-snapshots',
  text: 'select rev from snapshots where room = $1 and rev < $2::bigint order by rev desc limit 2',
};
export const DROP_SNAPSHOT: Statement = {
  name: 'drop-snapshot',
  text: 'delete from snapshots where room = $1 and rev = $2::bigint',
};
const SAVE: Statement = {
  name: 'save-snapshot',
  text: `insert into snapshots (room, rev, text) values ($1, $2, $3)
    on conflict (room, rev) do update set text = excluded.text`,
};
const LINEAGE: Statement = { name: 'lineage', text: 'select root, rev, state from lineages where room = $1' };
const HAS_LINEAGE: Statement = { name: 'lineage-exists', text: 'select 1 from lineages where room = $1' };
const SAVE_LINEAGE: Statement = {
  name: 'save-lineage',
  text: 'update lineages set rev = $2, state = $3 where room = $1 and rev <= $2::bigint',
};

interface LineageRow {
  root: Buffer;
  rev: number;
  state: Buffer | null;
}

/** The newest snapshot at or before `rev`. */
export async function readSnapshot(session: Session, room: string, rev: number): Promise<Snapshot | null> {
  const row = await session.first<{ rev: number; text: Buffer }>(READ, room, rev);
  return row ? { rev: row.rev, text: row.text.toString('utf8') } : null;
}

/** Those of the storage's methods that save what could be made of the log again. */
export function createSnapshotMethods(connections: Connections): SnapshotMethods {
  return {
    snapshotBefore: (room, rev) => readSnapshot(connections, room, rev),

    snapshotRevs: async (room) => (await connections.all<{ rev: number }>(SNAPSHOT_REVS, room)).map(({ rev }) => rev),

    saveSnapshot: (room, { rev, text }, redactions) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'keep');
        if (rev > head) {
          throw new StorageRefused(`The log ends at revision ${head}; a snapshot of ${rev} is beyond it.`);
        }
        if (await isOutdated(session, room, redactions)) return;
        const [newest, before] = await session.all<{ rev: number }>(OLDER, room, rev);
        if (newest && rev - (before?.rev ?? 0) <= SNAPSHOT_DISTANCE) await session.all(DROP_SNAPSHOT, room, newest.rev);
        await session.all(SAVE, room, rev, Buffer.from(text, 'utf8'));
      }),

    async loadLineage(room): Promise<StoredLineage | null> {
      const row = await connections.first<LineageRow>(LINEAGE, room);
      if (!row) return null;
      return { root: row.root.toString('utf8'), rev: row.rev, state: row.state && new Uint8Array(row.state) };
    },

    saveLineage: (room, { rev, state }) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'keep');
        if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a Y.Doc of ${rev} is beyond it.`);
        if (!(await session.first(HAS_LINEAGE, room))) throw new StorageRefused('The room has no lineage.');
        await session.all(SAVE_LINEAGE, room, rev, state);
      }),
  };
}
