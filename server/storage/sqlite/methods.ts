import { judgeBatch } from '../judge-batch.ts';
import { label } from '../label.ts';
import { shardOf } from '../shard.ts';
import {
  StorageRefused,
  type FileShape,
  type ListedRoom,
  type ShutOut,
  type StoredLineage,
  type StoredMeta,
} from '../storage.ts';
import { authorOfClient, authorsOf, insertAuthor, lastAuthorOf } from './author-rows.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { createEntryReads, hasLineage } from './entry-reads.ts';
import { oweErasure } from './eraser.ts';
import { createLinkMethods, insertLink, isTokenTaken } from './link-methods.ts';
import { MOST_CLIENTS } from './known-authors.ts';
import { MOST_BARRED } from './known-doors.ts';
import { insertEntries, lastSeqOf, updateSettled } from './log-rows.ts';
import { createNoteMethods } from './note-methods.ts';
import { createPackReader } from './pack-rows.ts';
import { createRedactionMethods } from './redaction-methods.ts';
import { headOf, headSql, requireRoom } from './room-head.ts';
import { createSnapshotMethods } from './snapshot-methods.ts';
import { createVersionMethods } from './version-methods.ts';

interface LineageRow extends Omit<StoredLineage, 'root' | 'state'> {
  root: ArrayBuffer;
  state: ArrayBuffer | null;
}

interface MetaRow {
  title: string;
  language: string;
  bom: number | null;
  line_end: FileShape['lineEnd'] | null;
  locked: number;
  redactions: number;
}

interface RoomRow extends MetaRow {
  id: string;
  epoch: string;
  shard: string;
  created_at: number;
  chat: number;
  note_changes: number;
}

/** What holds rows of rooms, and the column that says of which. */
const ROOM_COLUMNS = {
  rooms: 'id',
  links: 'room',
  retired_tokens: 'room',
  barred: 'room',
  authors: 'room',
  entries: 'room',
  entries_yjs: 'room',
  packs: 'room',
  lineages: 'room',
  snapshots: 'room',
  chat: 'room',
  threads: 'room',
  anchors: 'room',
  versions: 'room',
} as const;

/** The storage's methods as statements. A write decides before its first change whether it can be done. */
export function createMethods(driver: Driver): Methods {
  const packs = createPackReader(driver);
  const reads = createEntryReads(driver, packs);
  const snapshots = createSnapshotMethods(driver, packs);

  const links = createLinkMethods(driver);
  const isBarred = (room: string, guests: readonly string[]): boolean =>
    guests.some((guest) => driver.first('select 1 from barred where room = ? and guest = ?', room, label(guest)));

  return {
    createRoom({ id, epoch, shard, title, language, createdAt, links, authors }) {
      const known = driver.first('select 1 from rooms where id = ?', id);
      if (known || links.some(({ token }) => isTokenTaken(driver, token))) return 'taken';
      driver.run(
        'insert into rooms (id, epoch, shard, title, language, created_at) values (?, ?, ?, ?, ?, ?)',
        id,
        epoch,
        shard,
        label(title),
        label(language),
        createdAt,
      );
      links.forEach((link, index) => {
        insertLink(driver, id, index + 1, { ...link, name: '', createdAt, expiresAt: null, passwordHash: null });
      });
      for (const author of authors) {
        insertAuthor(driver, id, { ...author, name: label(author.name), person: label(author.person) });
      }
      return 'created';
    },

    ...links,
    ...createNoteMethods(driver),
    ...createVersionMethods(driver),
    ...createRedactionMethods(driver, packs),
    ...snapshots,

    heads(rooms) {
      const sql = `select coalesce(${headSql('id')}, 0) as head from rooms where id = ?`;
      const headsOf = (id: string): [string, number][] =>
        driver.all<{ head: number }>(sql, id).map(({ head }) => [id, head]);
      return new Map(rooms.flatMap(headsOf));
    },

    listRooms: ({ after = '', limit }) =>
      driver.all<ListedRoom>(
        'select id, title, created_at as createdAt, ' +
          `coalesce(${headSql('id')}, 0) as rev, ` +
          'coalesce((select sum(octet_length(op)) from entries where room = id), 0) + ' +
          'coalesce((select sum(length(data)) from packs where room = rooms.id), 0) + ' +
          'coalesce((select sum(length(yjs)) from entries_yjs where room = id), 0) + ' +
          'coalesce((select sum(length(text)) from snapshots where room = id), 0) + ' +
          'coalesce((select length(state) from lineages where room = id), 0) + ' +
          'coalesce((select sum(octet_length(data)) from chat where room = rooms.id), 0) + ' +
          'coalesce((select sum(octet_length(data)) from threads where room = rooms.id), 0) + ' +
          'coalesce((select sum(octet_length(data)) from anchors where room = rooms.id), 0) + ' +
          'coalesce((select sum(octet_length(name)) from versions where room = rooms.id), 0) as bytes, ' +
          'coalesce((select at from entries where room = id order by rev desc limit 1), ' +
          '(select at from packs where room = id order by to_rev desc limit 1)) as lastEditAt ' +
          'from rooms where id > ? order by id limit ?',
        after,
        Math.max(limit, 0),
      ),

    loadMeta(room) {
      const sql = 'select title, language, bom, line_end, locked, redactions from rooms where id = ?';
      const row = driver.first<MetaRow>(sql, room);
      return row ? metaOf(row) : null;
    },

    loadRoom(room) {
      const row = driver.first<RoomRow>(
        'select id, epoch, shard, title, language, created_at, bom, line_end, locked, redactions, note_changes, ' +
          'coalesce((select max(n) from chat where room = rooms.id), 0) as chat from rooms where id = ?',
        room,
      );
      if (!row) return null;
      const snapshot = snapshots.snapshotBefore(room, Number.MAX_SAFE_INTEGER);
      const { id, epoch, created_at: createdAt } = row;
      const shard = row.shard || shardOf(id);
      // Without a limit: a room is loaded whole or not at all (P11), and snapshots keep the tail short.
      const [from, all] = [(snapshot?.rev ?? 0) + 1, Number.MAX_SAFE_INTEGER];
      const entries = reads.entries(room, from, all, all);
      const notes = { chat: row.chat, threads: row.note_changes };
      return { id, epoch, shard, createdAt, ...metaOf(row), notes, snapshot, entries };
    },

    entries: (room, from, to, limit) => reads.entries(room, from, to, Math.max(limit, 0)),

    marks: (room, from, to, limit) => reads.marks(room, from, to, Math.max(limit, 0)),

    append(room, batch) {
      const head = headOf(driver, room);
      const judged = judgeBatch(
        head,
        batch,
        (author) => lastSeqOf(driver, room, author),
        () => hasLineage(driver, room),
      );
      if (judged.kind === 'conflict') return { ok: false, rev: head };
      if (batch.lineage) {
        driver.run('insert into lineages (room, root) values (?, ?)', room, Buffer.from(batch.lineage.root, 'utf8'));
      }
      insertEntries(driver, room, batch.entries);
      updateSettled(driver, room, judged.settled);
      return { ok: true };
    },

    loadLineage(room) {
      const row = driver.first<LineageRow>('select root, rev, state from lineages where room = ?', room);
      if (!row) return null;
      const root = Buffer.from(row.root).toString('utf8');
      return { root, rev: row.rev, state: row.state && new Uint8Array(row.state) };
    },

    saveLineage(room, { rev, state }) {
      const head = headOf(driver, room);
      if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a Y.Doc of ${rev} is beyond it.`);
      if (!hasLineage(driver, room)) throw new StorageRefused('The room has no lineage.');
      driver.run('update lineages set rev = ?, state = ? where room = ? and rev <= ?', rev, state, room, rev);
    },

    openAuthor(room, given) {
      const name = label(given.name);
      const person = label(given.person);
      const known = authorOfClient(driver, room, given.client);
      if (!known) {
        requireRoom(driver, room);
        const made = { ...given, name, person, author: lastAuthorOf(driver, room) + 1 };
        insertAuthor(driver, room, made);
        return { ...made, last: null };
      }
      const now = {
        ...known,
        name: name || known.name,
        person: person || known.person,
        color: given.color || known.color,
      };
      if (now.name !== known.name || now.person !== known.person || now.color !== known.color) {
        driver.run(
          'update authors set name = ?, person = ?, color = ? where room = ? and author = ?',
          now.name,
          now.person,
          now.color,
          room,
          now.author,
        );
      }
      return now;
    },

    authors: (room) => authorsOf(driver, room),

    clients(room) {
      requireRoom(driver, room);
      const sql = 'select client from authors where room = ? limit ?';
      const found = driver.all<{ client: string }>(sql, room, MOST_CLIENTS + 1);
      if (found.length > MOST_CLIENTS) return 'many';
      return { clients: found.map(({ client }) => client), next: lastAuthorOf(driver, room) + 1 };
    },

    renameAuthor(room, author, name, color) {
      const changed = driver.run(
        'update authors set name = ?, color = ? where room = ? and author = ?',
        label(name),
        color,
        room,
        author,
      );
      if (changed === 0) throw new StorageRefused(`The room has no author ${author}.`);
    },

    setRoom(room, { title, language, file, locked }) {
      requireRoom(driver, room);
      if (title !== undefined) driver.run('update rooms set title = ? where id = ?', label(title), room);
      if (language !== undefined) driver.run('update rooms set language = ? where id = ?', label(language), room);
      if (file !== undefined) {
        const bom = file ? Number(file.bom) : null;
        driver.run('update rooms set bom = ?, line_end = ? where id = ?', bom, file?.lineEnd ?? null, room);
      }
      if (locked !== undefined) driver.run('update rooms set locked = ? where id = ?', Number(locked), room);
    },

    bar(room, guest, at) {
      requireRoom(driver, room);
      const sql = 'insert into barred (room, guest, at) values (?, ?, ?) on conflict do nothing';
      driver.run(sql, room, label(guest), at);
    },

    findDoor(token, guests) {
      const link = links.findLink(token);
      return link && { link, isBarred: isBarred(link.room, guests) };
    },

    openDoor(token) {
      const link = links.findLink(token);
      if (!link) return null;
      const sql = 'select guest from barred where room = ? limit ?';
      const barred = driver.all<{ guest: string }>(sql, link.room, MOST_BARRED + 1);
      return barred.length > MOST_BARRED ? 'many' : { link, barred: barred.map(({ guest }) => guest) };
    },

    isBarred,

    shutOut: (room) => ({
      tokens: driver.all<ShutOut['tokens'][number]>(
        'select token, number, at from retired_tokens where room = ? order by at, token',
        room,
      ),
      guests: driver.all<ShutOut['guests'][number]>('select guest, at from barred where room = ? order by guest', room),
    }),

    deleteRoom(room) {
      const known = driver.first('select 1 from rooms where id = ?', room);
      if (!known) return;
      for (const [table, column] of Object.entries(ROOM_COLUMNS)) {
        driver.run(`delete from ${table} where ${column} = ?`, room);
      }
      oweErasure(driver);
    },

    erased() {
      // The eraser holds back the answer.
    },

    probe() {
      const sql = 'insert into probe (id, at) values (1, ?) on conflict do update set at = excluded.at';
      driver.run(sql, Date.now());
    },
  };
}

function metaOf({ title, language, bom, line_end: lineEnd, locked, redactions }: MetaRow): StoredMeta {
  const file = lineEnd === null ? null : { bom: bom === 1, lineEnd };
  return { title, language, file, locked: locked === 1, redactions };
}
