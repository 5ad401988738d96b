import {
  badField,
  boolean,
  color,
  finite,
  integer,
  isFields,
  list,
  op,
  optional,
  ranges,
  text,
  type Fields,
} from './fields.ts';
import type { Limits, LoggedOp, Person, Role, ServerMessage, Welcome } from './messages.ts';
import type { ChatMessage, Thread } from './notes.ts';
import { parseFrame } from './parse-frame.ts';
import { roomFields } from './room-fields.ts';

/**
 * One text frame from the server, or null for a type that this client does not know yet (it ignores those).
 * A malformed one throws `ProtocolFault`: the client should then resync, for it cannot know what it missed.
 */
export function decodeServerMessage(frame: string): ServerMessage | null {
  const from = parseFrame(frame);
  switch (from['t']) {
    case 'welcome':
      return welcome(from);
    case 'ops':
      return { t: 'ops', rev: integer(from, 'rev', 1), ops: list(from, 'ops').map(loggedOp) };
    case 'ack':
      return { t: 'ack', seq: integer(from, 'seq', 1), rev: integer(from, 'rev') };
    case 'cursor':
      return {
        t: 'cursor',
        rev: integer(from, 'rev'),
        author: integer(from, 'author', 1),
        ranges: ranges(from, 'ranges'),
      };
    case 'people':
      return { t: 'people', join: list(from, 'join').map(person), leave: list(from, 'leave').map(authorNumber) };
    case 'room':
      return { t: 'room', ...roomFields(from) };
    case 'role':
      return { t: 'role', role: role(from), ...locked(from) };
    case 'store':
      return withMessage({ t: 'store' as const, ok: boolean(from, 'ok') }, from);
    case 'pong':
      return { t: 'pong', at: finite(from, 'at') };
    case 'hash':
      return { t: 'hash', rev: integer(from, 'rev'), hash: text(from, 'hash') };
    case 'error':
      return error(from);
    case 'drain':
      return { t: 'drain', minMs: integer(from, 'minMs'), maxMs: integer(from, 'maxMs') };
    case 'resync':
      return { t: 'resync', why: text(from, 'why') };
    // Looked at by what shows them, which is not fetched with the page.
    case 'chat':
      return { t: 'chat', rev: integer(from, 'rev'), message: from['message'] as ChatMessage };
    case 'thread':
      return { t: 'thread', rev: integer(from, 'rev'), thread: from['thread'] as Thread };
    case 'writing':
      return { t: 'writing', author: integer(from, 'author', 1) };
    default:
      return null;
  }
}

function welcome(from: Fields): Welcome {
  const all = optional(from, 'text', text);
  const signedIn = optional(from, 'signedIn', text);
  const chat = optional(from, 'chat', integer);
  const threads = optional(from, 'threads', integer);
  return {
    t: 'welcome',
    session: text(from, 'session'),
    epoch: text(from, 'epoch'),
    rev: integer(from, 'rev'),
    role: role(from),
    ...locked(from),
    ...(signedIn !== undefined && { signedIn }),
    you: integer(from, 'you', 1),
    title: text(from, 'title'),
    language: text(from, 'language'),
    limits: limits(from['limits']),
    last: last(from['last']),
    ...(all !== undefined && { text: all }),
    ...(chat && { chat }),
    ...(threads && { threads }),
  };
}

function locked(from: Fields): { locked?: boolean } {
  const value = optional(from, 'locked', boolean);
  return value === undefined ? {} : { locked: value };
}

function error(from: Fields): ServerMessage {
  const seq = optional(from, 'seq', integer);
  const id = optional(from, 'id', text);
  const retryMs = optional(from, 'retryMs', integer);
  return {
    t: 'error',
    code: text(from, 'code'),
    message: text(from, 'message'),
    ...(seq !== undefined && { seq }),
    ...(id !== undefined && { id }),
    ...(retryMs !== undefined && { retryMs }),
  };
}

function withMessage<T extends object>(value: T, from: Fields): T & { message?: string } {
  const message = optional(from, 'message', text);
  return message === undefined ? value : { ...value, message };
}

/** One entry of an `ops` message, from whichever encoding. */
export function loggedOp(value: unknown): LoggedOp {
  if (!Array.isArray(value) || value.length !== 3) throw badField('Each of "ops" has to be [author, seq, op].');
  const parts: readonly unknown[] = value;
  const [author, seq, what] = parts;
  return [authorNumber(author), integer({ seq }, 'seq'), op(what, Number.MAX_SAFE_INTEGER)];
}

function authorNumber(value: unknown): number {
  return integer({ author: value }, 'author', 1);
}

function role(from: Fields): Role {
  const value = from['role'];
  if (value === 'owner' || value === 'edit' || value === 'view') return value;
  throw badField('"role" has to be owner, edit or view.');
}

function person(value: unknown): Person {
  if (!isFields(value)) throw badField('Each of "join" has to be an object.');
  const kind = value['kind'];
  if (kind !== 'ot' && kind !== 'yjs' && kind !== 'api') throw badField('"kind" has to be ot, yjs or api.');
  return {
    author: integer(value, 'author', 1),
    person: text(value, 'person'),
    name: text(value, 'name'),
    color: color(value, 'color'),
    role: role(value),
    kind,
  };
}

function limits(value: unknown): Limits {
  if (!isFields(value)) throw badField('"limits" has to be an object.');
  return {
    message: integer(value, 'message', 1),
    document: integer(value, 'document', 1),
    opsPerSecond: integer(value, 'opsPerSecond', 1),
    bytesPerSecond: integer(value, 'bytesPerSecond', 1),
    catchUp: integer(value, 'catchUp'),
  };
}

function last(value: unknown): { seq: number; rev: number } | null {
  if (value === null) return null;
  if (!isFields(value)) throw badField('"last" has to be an object or null.');
  return { seq: integer(value, 'seq', 1), rev: integer(value, 'rev') };
}
