import { label } from '../label.ts';
import type {
  FileShape,
  ListedRoom,
  NewRoom,
  RoomChange,
  ShutOut,
  Storage,
  StoredMeta,
  StoredRoom,
} from '../storage.ts';
import { authorColumns } from './authors.ts';
import type { Connections, Statement } from './connections.ts';
import { readEntries } from './entries.ts';
import { stateOf } from './failures.ts';
import { unknownRoom } from './room-row.ts';
import { ROOM_TABLES } from './schema.ts';
import { readSnapshot } from './snapshots.ts';

type RoomMethods = Pick<
  Storage,
  | 'createRoom'
  | 'heads'
  | 'listRooms'
  | 'loadMeta'
  | 'loadRoom'
  | 'setRoom'
  | 'bar'
  | 'isBarred'
  | 'shutOut'
  | 'deleteRoom'
>;

/**
 * All of a new room or nothing. Tokens in one order, whoever writes them: two rooms that want the same ones wait for each
 * other instead of for ever.
 */
const CREATE: Statement = {
  name: 'create-room',
  text: `
    with made as (
      insert into rooms (id, epoch, shard, title, language, created_at) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing returning id
    ), taken as (
      insert into tokens (token, room, number)
      select l.token, made.id, l.number from made, unnest($7::text[]) with ordinality as l (token, number)
      order by l.token collate "C"
    ), linked as (
      insert into links (room, number, token, role, name, created_at)
      select made.id, l.number, l.token, l.role, '', $6
      from made, unnest($7::text[], $8::text[]) with ordinality as l (token, role, number)
    ), joined as (
      insert into authors (room, author, client, person, name, color, kind, link)
      select made.id, a.* from made,
        unnest($9::bigint[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::text[], $15::bigint[]) as a
    )
    select 1 from made`,
};
const HEADS: Statement = { name: 'heads', text: 'select id, head from rooms where id = any($1::text[])' };
const LIST: Statement = {
  name: 'list-rooms',
  text: `
    select id, title, created_at as "createdAt", head as rev,
      (coalesce((select sum(octet_length(op) + coalesce(octet_length(yjs), 0)) from entries where room = id), 0) +
      coalesce((select sum(octet_length(text)) from snapshots where room = id), 0) +
      coalesce((select octet_length(state) from lineages where room = rooms.id), 0) +
      coalesce((select sum(octet_length(data)) from chat where room = rooms.id), 0) +
      coalesce((select sum(octet_length(data)) from threads where room = rooms.id), 0) +
      coalesce((select sum(octet_length(data)) from anchors where room = rooms.id), 0) +
      coalesce((select sum(octet_length(name)) from versions where room = rooms.id), 0))::bigint as bytes,
      (select at from entries where room = id and rev = head) as "lastEditAt"
    from rooms where id > $1 order by id limit $2::bigint`,
};
const META: Statement = {
  name: 'load-meta',
  text: 'select title, language, bom, line_end, locked, redactions from rooms where id = $1',
};
const LOAD: Statement = {
  name: 'load-room',
  text: `select id, epoch, shard, title, language, created_at, bom, line_end, locked, redactions, note_changes,
      coalesce((select max(n) from chat where room = rooms.id), 0) as chat
    from rooms where id = $1`,
};
const SET: Statement = {
  name: 'set-room',
  text: `update rooms set title = coalesce($2, title), language = coalesce($3, language),
      locked = coalesce($4::boolean, locked),
      bom = case when $5::boolean then $6::boolean else bom end,
      line_end = case when $5::boolean then $7 else line_end end
    where id = $1 returning 1`,
};
const BAR: Statement = {
  name: 'bar',
  text: `
    with room as (
      select id from rooms where id = $1 for key share
    ), barring as (
      insert into barred (room, guest, at) select id, $2::text, $3::bigint from room on conflict do nothing
    )
    select 1 from room`,
};
const IS_BARRED: Statement = {
  name: 'is-barred',
  text: 'select 1 from barred where room = $1 and guest = any($2::text[]) limit 1',
};
const RETIRED: Statement = {
  name: 'retired-tokens',
  text: `select token, number, retired_at as at from tokens where room = $1 and retired_at is not null
    order by retired_at, token`,
};
const BARRED: Statement = { name: 'barred', text: 'select guest, at from barred where room = $1 order by guest' };
/** First of all, so that whoever wants to write waits, and then finds nothing. */
const DELETE: Statement = { name: 'delete-room', text: 'delete from rooms where id = $1 returning 1' };
const DELETE_ROWS: readonly Statement[] = ROOM_TABLES.map((table) => ({
  name: `delete-${table}`,
  text: `delete from ${table} where room = $1`,
}));

/** A key exists. */
const EXISTS = '23505';

interface MetaRow extends Omit<StoredMeta, 'file'> {
  bom: boolean | null;
  line_end: FileShape['lineEnd'] | null;
}

interface RoomRow extends MetaRow, Pick<StoredRoom, 'id' | 'epoch' | 'shard'> {
  created_at: number;
  chat: number;
  note_changes: number;
}

/** Those of the storage's methods that are about rooms as such. */
export function createRoomMethods(connections: Connections): RoomMethods {
  return {
    async createRoom(room: NewRoom) {
      const { id, epoch, shard, title, language, createdAt, links, authors } = room;
      const tokens = links.map(({ token }) => token);
      const roles = links.map(({ role }) => role);
      const values = [id, epoch, shard, label(title), label(language), createdAt, tokens, roles];
      try {
        return (await connections.first(CREATE, ...values, ...authorColumns(authors))) ? 'created' : 'taken';
      } catch (error) {
        if (stateOf(error) === EXISTS) return 'taken';
        throw error;
      }
    },

    async heads(rooms) {
      const rows = await connections.all<{ id: string; head: number }>(HEADS, rooms);
      return new Map(rows.map(({ id, head }) => [id, head]));
    },

    listRooms: ({ after = '', limit }) =>
      connections.transaction('patient', (session) => session.all<ListedRoom>(LIST, after, Math.max(limit, 0))),

    async loadMeta(room) {
      const row = await connections.first<MetaRow>(META, room);
      return row ? metaOf(row) : null;
    },

    loadRoom: (room) =>
      connections.transaction('picture', async (session) => {
        const row = await session.first<RoomRow>(LOAD, room);
        if (!row) return null;
        const { id, epoch, shard, created_at: createdAt } = row;
        const snapshot = await readSnapshot(session, room, Number.MAX_SAFE_INTEGER);
        // A room is loaded whole or not at all (P11), and snapshots keep the tail short.
        const entries = await readEntries(session, room, (snapshot?.rev ?? 0) + 1, Number.MAX_SAFE_INTEGER, null);
        const notes = { chat: row.chat, threads: row.note_changes };
        return { id, epoch, shard, createdAt, ...metaOf(row), notes, snapshot, entries };
      }),

    async setRoom(room, { title, language, file, locked }: RoomChange) {
      const changed = await connections.first(
        SET,
        room,
        title === undefined ? null : label(title),
        language === undefined ? null : label(language),
        locked ?? null,
        file !== undefined,
        file?.bom ?? null,
        file?.lineEnd ?? null,
      );
      if (!changed) throw unknownRoom(room);
    },

    async bar(room, guest, at) {
      if (!(await connections.first(BAR, room, label(guest), at))) throw unknownRoom(room);
    },

    isBarred: async (room, guests) => (await connections.first(IS_BARRED, room, guests.map(label))) !== undefined,

    shutOut: (room) =>
      connections.transaction('picture', async (session) => ({
        tokens: await session.all<ShutOut['tokens'][number]>(RETIRED, room),
        guests: await session.all<ShutOut['guests'][number]>(BARRED, room),
      })),

    deleteRoom: (room) =>
      connections.transaction('patient', async (session) => {
        if (!(await session.first(DELETE, room))) return;
        for (const statement of DELETE_ROWS) await session.all(statement, room);
      }),
  };
}

function metaOf({ title, language, bom, line_end: lineEnd, locked, redactions }: MetaRow): StoredMeta {
  const file = lineEnd === null ? null : { bom: bom === true, lineEnd };
  return { title, language, file, locked, redactions };
}
