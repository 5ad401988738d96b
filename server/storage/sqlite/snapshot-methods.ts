import { expand } from '../packs/squeeze.ts';
import { SNAPSHOT_DISTANCE } from '../snapshot-distance.ts';
import { StorageRefused, type Snapshot } from '../storage.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import type { PackReader } from './pack-rows.ts';
import { headOf, redactionsOf } from './room-head.ts';

type SnapshotMethods = Pick<Methods, 'snapshotBefore' | 'saveSnapshot' | 'snapshotRevs'>;

/** Where the text of a snapshot is; see schema.ts. */
export type SnapshotForm = 'plain' | 'squeezed' | 'packed';

interface SnapshotRow {
  rev: number;
  form: SnapshotForm;
  text: ArrayBuffer;
}

/** Those of the storage's methods that are about whole texts. */
export function createSnapshotMethods(driver: Driver, packs: PackReader): SnapshotMethods {
  return {
    snapshotBefore(room, rev): Snapshot | null {
      const row = driver.first<SnapshotRow>(
        'select rev, form, text from snapshots where room = ? and rev <= ? order by rev desc limit 1',
        room,
        rev,
      );
      return row ? { rev: row.rev, text: textOf(packs, room, row) } : null;
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
      writeSnapshot(driver, room, rev, 'plain', Buffer.from(text, 'utf8'));
    },
  };
}

/** Writes a snapshot, in place of one that is there. A packed one has no bytes of its own. */
export function writeSnapshot(driver: Driver, room: string, rev: number, form: SnapshotForm, text: Uint8Array): void {
  driver.run(
    'insert into snapshots (room, rev, form, text) values (?, ?, ?, ?) ' +
      'on conflict do update set form = excluded.form, text = excluded.text',
    room,
    rev,
    form,
    text,
  );
}

/** The text of a room's snapshot at exactly this revision; null if there is none. */
export function snapshotAt(driver: Driver, packs: PackReader, room: string, rev: number): string | null {
  const row = driver.first<SnapshotRow>('select rev, form, text from snapshots where room = ? and rev = ?', room, rev);
  return row ? textOf(packs, room, row) : null;
}

function textOf(packs: PackReader, room: string, { rev, form, text }: SnapshotRow): string {
  switch (form) {
    case 'plain':
      return Buffer.from(text).toString('utf8');
    case 'squeezed':
      return Buffer.from(expand(new Uint8Array(text))).toString('utf8');
    case 'packed': {
      const kept = packs.open(room, rev)?.text() ?? null;
      if (kept === null) throw new RangeError(`No pack of room ${room} has the text at revision ${rev}.`);
      return kept;
    }
  }
}
