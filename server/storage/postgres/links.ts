import type { Role } from '../../../lib/protocol/index.ts';
import { label } from '../label.ts';
import { StorageRefused, type Link, type Storage } from '../storage.ts';
import type { Connections, Statement } from './connections.ts';
import { lockRoom } from './room-row.ts';

type LinkMethods = Pick<Storage, 'findLink' | 'links' | 'makeLink' | 'changeLink' | 'rotateLink'>;

interface Row {
  token: string;
  room: string;
  number: number;
  role: Role;
  name: string;
  created_at: number;
  expires_at: number | null;
  password: string | null;
  revoked_at: number | null;
}

/** By a token that a link has, or one that was retired then. */
interface FoundRow extends Row {
  retired_at: number | null;
}

const COLUMNS =
  'links.token, links.room, links.number, links.role, links.name, links.created_at, links.expires_at, links.password, links.revoked_at';

const BY_TOKEN: Statement = {
  name: 'find-link',
  text: `select ${COLUMNS}, retired_at from tokens join links using (room, number) where tokens.token = $1`,
};
const BY_NUMBER: Statement = {
  name: 'link-by-number',
  text: `select ${COLUMNS} from links where room = $1 and number = $2`,
};
const OF_ROOM: Statement = {
  name: 'links',
  text: `select ${COLUMNS}, coalesce(uses, 0) as uses from links
    left join (select link, count(*) as uses from authors where room = $1 group by link) as used on link = number
    where room = $1 order by number`,
};
/** Waits for whoever writes the same token, in any room. */
const TAKE_TOKEN: Statement = {
  name: 'take-token',
  text: 'insert into tokens (token, room, number) values ($1, $2, $3) on conflict do nothing returning 1',
};
const NEXT_NUMBER: Statement = {
  name: 'next-link',
  text: 'select coalesce(max(number), 0) + 1 as next from links where room = $1',
};
const ADD: Statement = {
  name: 'add-link',
  text: `insert into links (room, number, token, role, name, created_at, expires_at, password)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const CHANGE: Statement = {
  name: 'change-link',
  text: `update links set name = coalesce($3, name),
      expires_at = case when $4::boolean then $5::bigint else expires_at end,
      password = case when $6::boolean then $7 else password end,
      revoked_at = coalesce(revoked_at, $8::bigint)
    where room = $1 and number = $2 returning 1`,
};
const RETIRE: Statement = { name: 'retire-token', text: 'update tokens set retired_at = $2 where token = $1' };
const RENEW: Statement = {
  name: 'renew-link',
  text: 'update links set token = $3 where room = $1 and number = $2',
};

/** Those of the storage's methods that are about links. */
export function createLinkMethods(connections: Connections): LinkMethods {
  return {
    async findLink(token) {
      const row = await connections.first<FoundRow>(BY_TOKEN, token);
      if (!row) return null;
      const link = fromRow(row);
      return row.retired_at === null ? link : { ...link, token, revokedAt: row.retired_at };
    },

    links: async (room) =>
      (await connections.all<Row & { uses: number }>(OF_ROOM, room)).map((row) => ({
        ...fromRow(row),
        uses: row.uses,
      })),

    makeLink: (room, { token, role, name, createdAt, expiresAt, passwordHash }) =>
      connections.transaction('changing', async (session) => {
        await lockRoom(session, room, 'change');
        const known = await session.first<FoundRow>(BY_TOKEN, token);
        const isOurs = known?.retired_at === null && known.room === room;
        if (isOurs && known.role === role && known.created_at === createdAt) return { number: known.number };
        const number = (await session.first<{ next: number }>(NEXT_NUMBER, room))?.next ?? 1;
        if (!(await session.first(TAKE_TOKEN, token, room, number))) return 'taken';
        await session.all(ADD, room, number, token, role, label(name), createdAt, expiresAt, passwordHash);
        return { number };
      }),

    async changeLink(room, number, { name, expiresAt, passwordHash, revokedAt }) {
      const changed = await connections.first(
        CHANGE,
        room,
        number,
        name === undefined ? null : label(name),
        expiresAt !== undefined,
        expiresAt ?? null,
        passwordHash !== undefined,
        passwordHash ?? null,
        revokedAt ?? null,
      );
      if (!changed) throw noLink(number);
    },

    rotateLink: (room, number, token, at) =>
      connections.transaction('changing', async (session) => {
        await lockRoom(session, room, 'change');
        const link = await session.first<Row>(BY_NUMBER, room, number);
        if (!link) throw noLink(number);
        if (link.revoked_at !== null) throw new StorageRefused(`Link ${number} of the room is revoked.`);
        if (link.token === token) return 'rotated';
        if (!(await session.first(TAKE_TOKEN, token, room, number))) return 'taken';
        await session.all(RETIRE, link.token, at);
        await session.all(RENEW, room, number, token);
        return 'rotated';
      }),
  };
}

function noLink(number: number): StorageRefused {
  return new StorageRefused(`The room has no link ${number}.`);
}

function fromRow({ token, room, number, role, name, ...row }: Row): Link {
  const { created_at: createdAt, expires_at: expiresAt, password: passwordHash, revoked_at: revokedAt } = row;
  return { token, room, number, role, name, createdAt, expiresAt, passwordHash, revokedAt };
}
