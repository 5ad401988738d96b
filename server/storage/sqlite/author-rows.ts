import type { NewAuthor, StoredAuthor } from '../storage.ts';
import type { Driver } from './driver.ts';

/** An author with the number that it was given. */
export type NumberedAuthor = NewAuthor & { author: number };

interface AuthorRow extends NumberedAuthor {
  last_seq: number;
  last_rev: number;
}

const COLUMNS = 'author, client, person, name, color, kind, link, last_seq, last_rev';

/** Writes somebody who has no row yet. */
export function insertAuthor(driver: Driver, room: string, row: NumberedAuthor): void {
  const { author, client, person, name, color, kind, link } = row;
  driver.run(
    'insert into authors (room, author, client, person, name, color, kind, link) values (?, ?, ?, ?, ?, ?, ?, ?)',
    room,
    author,
    client,
    person,
    name,
    color,
    kind,
    link,
  );
}

export function authorOfClient(driver: Driver, room: string, client: string): StoredAuthor | null {
  const row = driver.first<AuthorRow>(`select ${COLUMNS} from authors where room = ? and client = ?`, room, client);
  return row ? fromRow(row) : null;
}

/** Ascending by number. */
export function authorsOf(driver: Driver, room: string): StoredAuthor[] {
  return driver.all<AuthorRow>(`select ${COLUMNS} from authors where room = ? order by author`, room).map(fromRow);
}

/** The highest number that was given; 0 for none. */
export function lastAuthorOf(driver: Driver, room: string): number {
  const sql = 'select max(author) as last from authors where room = ?';
  return driver.first<{ last: number | null }>(sql, room)?.last ?? 0;
}

function fromRow({ last_seq: seq, last_rev: rev, ...author }: AuthorRow): StoredAuthor {
  return { ...author, last: seq === 0 ? null : { seq, rev } };
}
