import type { Driver } from './driver.ts';
import { inTransaction } from './in-transaction.ts';

/** Marks the file as ours in SQLite's header: "Tndm" in ASCII. */
export const APPLICATION_ID = 0x54_6e_64_6d;

/**
 * Each step brings the schema from its index to the next; `user_version` counts the steps taken. Steps that were
 * released are never changed, only followed by others.
 *
 * `authors` is both who wrote (name, colour) and what is settled of each client, because an author number stands for
 * one client for ever. A snapshot's text and a lineage's root are UTF-8 bytes and an op is JSON: see driver.ts on U+0000.
 * An entry's Yjs bytes have a table of their own, so that the log of a room without Yjs is what it was.
 * What people say is JSON (note-rows.ts), and where their passages are has rows of its own, which move with every snapshot.
 * `rooms.note_changes` counts what happened to threads, `rooms.redactions` how often something was
 * taken out of the history. A room without a shard is of before there were any.
 * A token that was rotated away moves to `retired_tokens`. `erasure` has a row while something was deleted and may still
 * lie in the file: see eraser.ts.
 * `tail` has the newest entries of all rooms, before they move to `entries`: see tail.ts. `packs` has the oldest ones of each
 * room, thousands in a row, and `entries` those behind them: see pack-rows.ts. A snapshot's `form` says where its text is: in its
 * row as it is ('plain') or compressed ('squeezed'), or in the pack that ends at its revision ('packed').
 * Foreign keys are left out: rows are checked before they are written, and only ever deleted by whole rooms.
 */
export const STEPS: readonly string[] = [
  `
  create table rooms (
    id text primary key,
    epoch text not null,
    title text not null,
    language text not null,
    created_at integer not null,
    bom integer,
    line_end text
  ) strict, without rowid;

  create table links (
    token text primary key,
    room text not null,
    number integer not null,
    role text not null,
    unique (room, number)
  ) strict, without rowid;

  create table authors (
    room text not null,
    author integer not null,
    client text not null,
    person text not null,
    name text not null,
    color integer not null,
    kind text not null,
    last_seq integer not null default 0,
    last_rev integer not null default 0,
    primary key (room, author),
    unique (room, client)
  ) strict, without rowid;

  create table entries (
    room text not null,
    rev integer not null,
    author integer not null,
    seq integer not null,
    at integer not null,
    op text not null,
    primary key (room, rev)
  ) strict, without rowid;

  create table snapshots (
    room text not null,
    rev integer not null,
    text blob not null,
    primary key (room, rev)
  ) strict;

  create table probe (
    id integer primary key check (id = 1),
    at integer not null
  ) strict;
  `,
  `
  create table lineages (
    room text primary key,
    root blob not null,
    rev integer not null default 0,
    state blob
  ) strict;

  create table entries_yjs (
    room text not null,
    rev integer not null,
    yjs blob not null,
    primary key (room, rev)
  ) strict, without rowid;
  `,
  `
  alter table links add column name text not null default '';
  alter table links add column created_at integer not null default 0;
  alter table links add column expires_at integer;
  alter table links add column password text;
  alter table links add column revoked_at integer;
  update links set created_at = coalesce((select rooms.created_at from rooms where id = links.room), 0);

  alter table rooms add column locked integer not null default 0;
  alter table rooms add column shard text not null default '';

  alter table authors add column link integer not null default 0;

  create table retired_tokens (
    token text primary key,
    room text not null,
    number integer not null,
    at integer not null
  ) strict, without rowid;

  create index retired_tokens_by_room on retired_tokens (room);

  create table barred (
    room text not null,
    guest text not null,
    at integer not null,
    primary key (room, guest)
  ) strict, without rowid;

  create table erasure (
    id integer primary key check (id = 1)
  ) strict;
  `,
  `
  alter table rooms add column note_changes integer not null default 0;

  create table chat (
    room text not null,
    n integer not null,
    id text not null,
    data text not null,
    primary key (room, n),
    unique (room, id)
  ) strict, without rowid;

  create table threads (
    room text not null,
    id text not null,
    data text not null,
    primary key (room, id)
  ) strict, without rowid;

  create table anchors (
    room text not null,
    kind text not null,
    id text not null,
    rev integer not null,
    data text not null,
    primary key (room, kind, id)
  ) strict, without rowid;

  create table versions (
    room text not null,
    rev integer not null,
    name text not null,
    author integer not null,
    at integer not null,
    primary key (room, rev)
  ) strict, without rowid;
  `,
  `
  alter table rooms add column redactions integer not null default 0;
  `,
  `
  create table tail (
    n integer primary key,
    data blob not null
  ) strict;
  `,
  `
  create table packs (
    room text not null,
    to_rev integer not null,
    from_rev integer not null,
    at integer not null,
    size integer not null,
    form text not null,
    has_text integer not null,
    data blob not null,
    primary key (room, to_rev)
  ) strict;

  alter table snapshots add column form text not null default 'plain';
  `,
];

export const SCHEMA_VERSION = STEPS.length;

/** Takes the steps that are missing, in one transaction. */
export function migrate(driver: Driver): void {
  const from = schemaVersion(driver);
  if (from >= SCHEMA_VERSION) return;
  inTransaction(driver, () => {
    for (const step of STEPS.slice(from)) driver.exec(step);
    driver.exec(`pragma user_version = ${SCHEMA_VERSION}`);
  });
}

export function schemaVersion(driver: Driver): number {
  return driver.first<{ user_version: number }>('pragma user_version')?.user_version ?? 0;
}
