import { withBase } from '../ui/base-path.ts';
import { isRecord } from '../ui/browser-store.ts';
import { adminStrings } from './admin-strings.ts';

/** A room as the keeper of the server sees it. Times are ms since 1970. */
export interface AdminRoom {
  id: string;
  title: string;
  createdAt: number;
  rev: number;
  bytes: number;
  lastEditAt: number | null;
  people: number;
}

export interface AdminPage {
  rooms: readonly AdminRoom[];
  /** Where the next page begins; null: this is the last. */
  after: string | null;
}

/** Why the keeper was not served; `message` is for people. */
export class AdminFault extends Error {
  override readonly name = 'AdminFault';
  /** `token`: it has to be said anew. */
  readonly kind: 'token' | 'slow' | 'other';

  constructor(kind: AdminFault['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What the keeper may ask of the server. Everything rejects with an `AdminFault`. */
export const adminApi = {
  async rooms(token: string, after: string | null): Promise<AdminPage> {
    const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
    return readPage(await (await ask('GET', `/api/admin/rooms${query}`, token)).json());
  },
  /** False: it was not open. */
  async close(token: string, id: string): Promise<boolean> {
    const body: unknown = await (await ask('POST', `/api/admin/rooms/${id}/close`, token)).json();
    return isRecord(body) && body['closed'] === true;
  },
  async remove(token: string, id: string): Promise<void> {
    await ask('DELETE', `/api/admin/rooms/${id}`, token);
  },
};

async function ask(method: string, path: `/${string}`, token: string): Promise<Response> {
  const t = adminStrings.token;
  let response: Response;
  try {
    response = await fetch(withBase(path), {
      method,
      cache: 'no-store',
      headers: { authorization: `Bearer ${token}` },
    });
  } catch {
    throw new AdminFault('other', t.unreachable);
  }
  if (response.status === 401 || response.status === 403) throw new AdminFault('token', t.wrong);
  if (response.status === 429) throw new AdminFault('slow', t.slow(Number(response.headers.get('retry-after')) || 1));
  // Somebody else may have deleted it a moment ago, which is what was asked for.
  if (!response.ok && !(method === 'DELETE' && response.status === 404)) throw new AdminFault('other', t.failed);
  return response;
}

function readPage(body: unknown): AdminPage {
  if (!isRecord(body) || !Array.isArray(body['rooms'])) throw new AdminFault('other', adminStrings.token.failed);
  const after = body['after'];
  return { rooms: body['rooms'].flatMap(readRoom), after: typeof after === 'string' ? after : null };
}

function readRoom(value: unknown): AdminRoom[] {
  if (!isRecord(value)) return [];
  const { id, title, createdAt, rev, bytes, lastEditAt, people } = value;
  const isRoom =
    typeof id === 'string' &&
    typeof title === 'string' &&
    typeof createdAt === 'number' &&
    typeof rev === 'number' &&
    typeof bytes === 'number' &&
    typeof people === 'number';
  if (!isRoom) return [];
  return [{ id, title, createdAt, rev, bytes, people, lastEditAt: typeof lastEditAt === 'number' ? lastEditAt : null }];
}
