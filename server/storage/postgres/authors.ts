import { label } from '../label.ts';
import { StorageRefused, type NewAuthor, type Storage, type StoredAuthor } from '../storage.ts';
import type { Connections, Session, Statement, Value } from './connections.ts';
import { lockRoom } from './room-row.ts';

type AuthorMethods = Pick<Storage, 'openAuthor' | 'authors' | 'renameAuthor'>;

interface Row extends Omit<StoredAuthor, 'last'> {
  last_seq: number;
  last_rev: number;
}

const COLUMNS = 'author, client, person, name, color, kind, link, last_seq, last_rev';

const FIND: Statement = {
  name: 'find-author',
  text: `select ${COLUMNS} from authors where room = $1 and client = $2`,
};
const ALL: Statement = { name: 'authors', text: `select ${COLUMNS} from authors where room = $1 order by author` };
/** Nobody else gives numbers meanwhile: the room's row is held. */
const ADD: Statement = {
  name: 'add-author',
  text: `insert into authors (room, author, client, person, name, color, kind, link)
    select $1::text, coalesce((select max(author) from authors where room = $1), 0) + 1,
      $2::text, $3::text, $4::text, $5::bigint, $6::text, $7::bigint
    returning ${COLUMNS}`,
};
const UPDATE: Statement = {
  name: 'update-author',
  text: `update authors set person = coalesce(nullif($3, ''), person), name = coalesce(nullif($4, ''), name),
    color = coalesce(nullif($5::bigint, 0), color) where room = $1 and client = $2 returning ${COLUMNS}`,
};
const RENAME: Statement = {
  name: 'rename-author',
  text: 'update authors set name = $3, color = $4 where room = $1 and author = $2 returning 1',
};

/** Authors as one array for each of: author, client, person, name, color, kind, link. */
export function authorColumns(authors: readonly (NewAuthor & { author: number })[]): Value[] {
  return [
    authors.map(({ author }) => author),
    authors.map(({ client }) => client),
    authors.map(({ person }) => label(person)),
    authors.map(({ name }) => label(name)),
    authors.map(({ color }) => color),
    authors.map(({ kind }) => kind),
    authors.map(({ link }) => link),
  ];
}

/** Those of the storage's methods that are about authors. */
export function createAuthorMethods(connections: Connections): AuthorMethods {
  /** Null if the client is new. */
  async function openKnown(session: Session, room: string, given: NewAuthor): Promise<StoredAuthor | null> {
    const known = await session.first<Row>(FIND, room, given.client);
    if (!known) return null;
    const { person, name, color } = given;
    const news = [
      [person, known.person],
      [name, known.name],
      [color, known.color],
    ];
    if (!news.some(([now, before]) => now && now !== before)) return fromRow(known);
    const changed = await session.first<Row>(UPDATE, room, given.client, person, name, color);
    return changed ? fromRow(changed) : null;
  }

  return {
    async openAuthor(room, author) {
      const given = { ...author, name: label(author.name), person: label(author.person) };
      const known = await openKnown(connections, room, given);
      if (known) return known;
      return connections.transaction('changing', async (session) => {
        await lockRoom(session, room, 'change');
        const { client, person, name, color, kind, link } = given;
        const opened = await openKnown(session, room, given);
        if (opened) return opened;
        const added = await session.first<Row>(ADD, room, client, person, name, color, kind, link);
        if (!added) throw new Error('An author that is new did not go in.');
        return fromRow(added);
      });
    },

    authors: async (room) => (await connections.all<Row>(ALL, room)).map(fromRow),

    async renameAuthor(room, author, name, color) {
      const renamed = await connections.first(RENAME, room, author, label(name), color);
      if (!renamed) throw new StorageRefused(`The room has no author ${author}.`);
    },
  };
}

function fromRow({ last_seq: seq, last_rev: rev, ...row }: Row): StoredAuthor {
  return { ...row, last: seq === 0 ? null : { seq, rev } };
}
