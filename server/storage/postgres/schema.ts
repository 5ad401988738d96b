/**
 * Each step brings the schema from its index to the next; the table `steps` has a row for each that was taken. Steps that
 * were released are never changed, only followed by others.
 *
 * As in the embedded engine, with these differences. `rooms.head` is the newest revision: whoever changes a room holds
 * its row, and `entries`' key would refuse a revision that exists in any case. Every token that a link has or had is in
 * `tokens`, so that one key keeps them apart. An op is JSON, which writes U+0000 and lone surrogates as escapes; texts
 * and roots are UTF-8 bytes, since Postgres refuses U+0000 in a text. Ids compare by their bytes, whatever the database's
 * language. Foreign keys are left out: writers hold the room's row, so that it cannot go meanwhile.
 */
export const STEPS: readonly string[] = [
  `
  create table rooms (
    id text collate "C" primary key,
    epoch text not null,
    shard text not null,
    title text not null,
    language text not null,
    created_at bigint not null,
    bom boolean,
    line_end text,
    locked boolean not null default false,
    head bigint not null default 0
  ) with (fillfactor = 70);

  create table tokens (
    token text collate "C" primary key,
    room text collate "C" not null,
    number bigint not null,
    retired_at bigint
  );
  create index tokens_by_room on tokens (room);

  create table links (
    room text collate "C" not null,
    number bigint not null,
    token text not null,
    role text not null,
    name text not null,
    created_at bigint not null,
    expires_at bigint,
    password text,
    revoked_at bigint,
    primary key (room, number)
  );

  create table authors (
    room text collate "C" not null,
    author bigint not null,
    client text collate "C" not null,
    person text not null,
    name text not null,
    color bigint not null,
    kind text not null,
    link bigint not null,
    last_seq bigint not null default 0,
    last_rev bigint not null default 0,
    primary key (room, author),
    unique (room, client)
  ) with (fillfactor = 70);

  create table entries (
    room text collate "C" not null,
    rev bigint not null,
    author bigint not null,
    seq bigint not null,
    at bigint not null,
    op text not null,
    yjs bytea,
    primary key (room, rev)
  );

  create table snapshots (
    room text collate "C" not null,
    rev bigint not null,
    text bytea not null,
    primary key (room, rev)
  );

  create table lineages (
    room text collate "C" primary key,
    root bytea not null,
    rev bigint not null default 0,
    state bytea
  );

  create table barred (
    room text collate "C" not null,
    guest text collate "C" not null,
    at bigint not null,
    primary key (room, guest)
  );

  create table probe (
    id integer primary key check (id = 1),
    at bigint not null
  );
  `,
  `
  alter table rooms add column note_changes bigint not null default 0;

  create table chat (
    room text collate "C" not null,
    n bigint not null,
    id text collate "C" not null,
    data text not null,
    primary key (room, n),
    unique (room, id)
  );

  create table threads (
    room text collate "C" not null,
    id text collate "C" not null,
    data text not null,
    primary key (room, id)
  );

  create table anchors (
    room text collate "C" not null,
    kind text collate "C" not null,
    id text collate "C" not null,
    rev bigint not null,
    data text not null,
    primary key (room, kind, id)
  ) with (fillfactor = 70);

  create table versions (
    room text collate "C" not null,
    rev bigint not null,
    name text not null,
    author bigint not null,
    at bigint not null,
    primary key (room, rev)
  );
  `,
  `
  alter table rooms add column redactions bigint not null default 0;
  `,
];

/** What holds rows of rooms, besides `rooms` itself: each has a column `room`. */
export const ROOM_TABLES = [
  'tokens',
  'links',
  'authors',
  'entries',
  'snapshots',
  'lineages',
  'barred',
  'chat',
  'threads',
  'anchors',
  'versions',
] as const;
