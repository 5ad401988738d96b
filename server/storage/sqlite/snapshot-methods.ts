import { SNAPSHOT_DISTANCE } from '../snapshot-distance.ts';
import { StorageRefused, type Snapshot } from '../storage.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { headOf, redactionsOf } from './room-head.ts';

type SnapshotMethods = Pick<Methods, 'snapshotBefore' | 'saveSnapshot' | 'snapshotRevs'>;

/** Those of the storage's methods that are about whole texts. */
export function createSnapshotMethods(driver: Driver): SnapshotMethods {
  return {
    snapshotBefore(room, rev): Snapshot | null {
      const row = driver.first<{ rev: number; text: ArrayBuffer }>(
        'select rev, text from snapshots where room = ? and rev <= ? order by rev desc limit 1',
        room,
        rev,
      );
      return row ? { rev: row.rev, text: Buffer.from(row.text).toString('utf8') } : null;
    },

    snapshotRevs: (room) =>
      driver.all<{ rev: number }>('select rev from snapshots where room = ? order by rev', room).map(({ rev }) => rev),

    saveSnapshot(room, { rev, text }, redactions) {
      const head = headOf(driver, room);
      if (rev > head) {
        throw new StorageRefused(`The log ends at revision ${head}; a snapshot of ${rev} is beyond it.`);
      }
      if (redactions !== undefined && redactions !== redactionsOf(driver, room)) return;
      const [newest, before] = driver.all<{ rev: number }>(
        'select rev from snapshots where room = ? and rev < ? order by rev desc limit 2',
        room,
        rev,
      );
      if (newest && rev - (before?.rev ?? 0) <= SNAPSHOT_DISTANCE) {
        driver.run('delete from snapshots where room = ? and rev = ?', room, newest.rev);
      }
      driver.run(
        'insert into snapshots (room, rev, text) values (?, ?, ?) on conflict do update set text = excluded.text',
        room,
        rev,
        Buffer.from(text, 'utf8'),
      );
    },
  };
}
