import { label } from '../label.ts';
import type { Version } from '../notes.ts';
import { StorageRefused } from '../storage.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { headOf, requireRoom } from './room-head.ts';

type VersionMethods = Pick<Methods, 'versions' | 'addVersion' | 'renameVersion' | 'deleteVersion'>;

/** Those of the storage's methods that are about versions with a name. */
export function createVersionMethods(driver: Driver): VersionMethods {
  return {
    versions: (room) =>
      driver.all<Version>('select rev, name, author, at from versions where room = ? order by rev', room),

    addVersion(room, { rev, name, author, at }) {
      const head = headOf(driver, room);
      if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a version of ${rev} is beyond it.`);
      const sql = 'insert into versions (room, rev, name, author, at) values (?, ?, ?, ?, ?) on conflict do nothing';
      return driver.run(sql, room, rev, label(name), author, at) > 0 ? 'made' : 'taken';
    },

    renameVersion(room, rev, name) {
      requireRoom(driver, room);
      return driver.run('update versions set name = ? where room = ? and rev = ?', label(name), room, rev) > 0;
    },

    deleteVersion(room, rev) {
      requireRoom(driver, room);
      return driver.run('delete from versions where room = ? and rev = ?', room, rev) > 0;
    },
  };
}
