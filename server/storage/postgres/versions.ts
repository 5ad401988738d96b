import { label } from '../label.ts';
import type { NoteStorage, Version } from '../notes.ts';
import { StorageRefused } from '../storage.ts';
import type { Connections, Statement } from './connections.ts';
import { lockRoom } from './room-row.ts';

type VersionMethods = Pick<NoteStorage, 'versions' | 'addVersion' | 'renameVersion' | 'deleteVersion'>;

const ALL: Statement = {
  name: 'versions',
  text: 'select rev, name, author, at from versions where room = $1 order by rev',
};
const ADD: Statement = {
  name: 'add-version',
  text: `insert into versions (room, rev, name, author, at) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning 1`,
};
const RENAME: Statement = {
  name: 'rename-version',
  text: 'update versions set name = $3 where room = $1 and rev = $2::bigint returning 1',
};
const DELETE: Statement = {
  name: 'delete-version',
  text: 'delete from versions where room = $1 and rev = $2::bigint returning 1',
};

/** Those of the storage's methods that are about versions with a name. */
export function createVersionMethods(connections: Connections): VersionMethods {
  return {
    versions: (room) => connections.all<Version>(ALL, room),

    addVersion: (room, { rev, name, author, at }) =>
      connections.transaction('changing', async (session) => {
        const head = await lockRoom(session, room, 'keep');
        if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a version of ${rev} is beyond it.`);
        return (await session.first(ADD, room, rev, label(name), author, at)) ? 'made' : 'taken';
      }),

    renameVersion: (room, rev, name) =>
      connections.transaction('changing', async (session) => {
        await lockRoom(session, room, 'keep');
        return (await session.first(RENAME, room, rev, label(name))) !== undefined;
      }),

    deleteVersion: (room, rev) =>
      connections.transaction('changing', async (session) => {
        await lockRoom(session, room, 'keep');
        return (await session.first(DELETE, room, rev)) !== undefined;
      }),
  };
}
