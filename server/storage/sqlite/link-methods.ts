import type { Role } from '../../../lib/protocol/index.ts';
import { label } from '../label.ts';
import { StorageRefused, type Link, type NewLink } from '../storage.ts';
import type { Methods } from './calls.ts';
import type { Driver } from './driver.ts';
import { requireRoom } from './room-head.ts';

type LinkMethods = Pick<Methods, 'findLink' | 'links' | 'makeLink' | 'changeLink' | 'rotateLink'>;

interface LinkRow {
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

const COLUMNS = 'token, room, number, role, name, created_at, expires_at, password, revoked_at';

/** Those of the storage's methods that are about links. */
export function createLinkMethods(driver: Driver): LinkMethods {
  function byNumber(room: string, number: number): Link {
    const row = driver.first<LinkRow>(`select ${COLUMNS} from links where room = ? and number = ?`, room, number);
    if (!row) throw new StorageRefused(`The room has no link ${number}.`);
    return fromRow(row);
  }

  function byToken(token: string): Link | null {
    const row = driver.first<LinkRow>(`select ${COLUMNS} from links where token = ?`, token);
    return row ? fromRow(row) : null;
  }

  return {
    findLink(token) {
      // A token is in one of the tables at most, and few are retired.
      const link = byToken(token);
      if (link) return link;
      const retired = driver.first<{ room: string; number: number; at: number }>(
        'select room, number, at from retired_tokens where token = ?',
        token,
      );
      return retired ? { ...byNumber(retired.room, retired.number), token, revokedAt: retired.at } : null;
    },

    links(room) {
      const rows = driver.all<LinkRow & { uses: number }>(
        `select ${COLUMNS}, coalesce(uses, 0) as uses from links ` +
          'left join (select link, count(*) as uses from authors where room = ? group by link) on link = number ' +
          'where room = ? order by number',
        room,
        room,
      );
      return rows.map(({ uses, ...row }) => ({ ...fromRow(row), uses }));
    },

    makeLink(room, given) {
      requireRoom(driver, room);
      const { token, role, createdAt } = given;
      const known = byToken(token);
      if (known && known.room === room && known.role === role && known.createdAt === createdAt) {
        return { number: known.number };
      }
      if (isTokenTaken(driver, token)) return 'taken';
      const sql = 'select coalesce(max(number), 0) + 1 as next from links where room = ?';
      const number = driver.first<{ next: number }>(sql, room)?.next ?? 1;
      insertLink(driver, room, number, given);
      return { number };
    },

    changeLink(room, number, { name, expiresAt, passwordHash, revokedAt }) {
      const known = byNumber(room, number);
      driver.run(
        'update links set name = ?, expires_at = ?, password = ?, revoked_at = coalesce(revoked_at, ?) ' +
          'where room = ? and number = ?',
        name === undefined ? known.name : label(name),
        expiresAt === undefined ? known.expiresAt : expiresAt,
        passwordHash === undefined ? known.passwordHash : passwordHash,
        revokedAt ?? null,
        room,
        number,
      );
    },

    rotateLink(room, number, token, at) {
      const link = byNumber(room, number);
      if (link.revokedAt !== null) throw new StorageRefused(`Link ${number} of the room is revoked.`);
      if (link.token === token) return 'rotated';
      if (isTokenTaken(driver, token)) return 'taken';
      driver.run(
        'insert into retired_tokens (token, room, number, at) values (?, ?, ?, ?)',
        link.token,
        room,
        number,
        at,
      );
      driver.run('update links set token = ? where room = ? and number = ?', token, room, number);
      return 'rotated';
    },
  };
}

/** Does any link have this token, or has one had it? */
export function isTokenTaken(driver: Driver, token: string): boolean {
  const sql = 'select 1 from links where token = ? union all select 1 from retired_tokens where token = ?';
  return driver.first(sql, token, token) !== undefined;
}

export function insertLink(driver: Driver, room: string, number: number, link: NewLink): void {
  driver.run(
    'insert into links (token, room, number, role, name, created_at, expires_at, password) ' +
      'values (?, ?, ?, ?, ?, ?, ?, ?)',
    link.token,
    room,
    number,
    link.role,
    label(link.name),
    link.createdAt,
    link.expiresAt,
    link.passwordHash,
  );
}

function fromRow({ token, room, number, role, name, ...row }: LinkRow): Link {
  const { created_at: createdAt, expires_at: expiresAt, password: passwordHash, revoked_at: revokedAt } = row;
  return { token, room, number, role, name, createdAt, expiresAt, passwordHash, revokedAt };
}
