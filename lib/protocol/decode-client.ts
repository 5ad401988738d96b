import { isIdentity } from '../ot/index.ts';
import { CloseCode } from './close-codes.ts';
import { chat, comment } from './decode-notes.ts';
import { ProtocolFault } from './fault.ts';
import {
  badField,
  color,
  finite,
  integer,
  isFields,
  label,
  op,
  optional,
  ranges,
  text,
  type Fields,
} from './fields.ts';
import { MAX_NAME, MAX_PASSWORD, MAX_PERSON } from './limits.ts';
import type { ClientMessage, Hello } from './messages.ts';
import { parseFrame } from './parse-frame.ts';
import { roomFields } from './room-fields.ts';
import { isRandomToken, isToken } from './token.ts';

/** The one version there is. */
const VERSION = 1;

/** FNV-1a, 32 bit. */
const HASH = /^[0-9a-f]{8}$/;

/**
 * One text frame from a client, checked in every field, or a `ProtocolFault` that says what is wrong with it.
 * Unknown fields are ignored. Whether an op fits the text is for the room to say.
 */
export function decodeClientMessage(frame: string): ClientMessage {
  const from = parseFrame(frame);
  switch (from['t']) {
    case 'hello':
      return hello(from);
    case 'op':
      return clientOp(from);
    case 'cursor':
      return { t: 'cursor', rev: integer(from, 'rev'), ranges: ranges(from, 'ranges') };
    case 'me':
      return { t: 'me', name: label(from, 'name', MAX_NAME), color: color(from, 'color') };
    case 'room':
      return { t: 'room', ...roomFields(from) };
    case 'ping':
      return { t: 'ping', at: finite(from, 'at') };
    case 'mismatch':
      return mismatch(from);
    case 'chat':
      return chat(from);
    case 'comment':
      return comment(from);
    case 'writing':
      return { t: 'writing' };
    default:
      throw new ProtocolFault('bad-type', CloseCode.BAD_MESSAGE, 'The server does not know this message type.');
  }
}

function hello(from: Fields): Hello {
  if (from['v'] !== VERSION) {
    throw new ProtocolFault(
      'wrong-version',
      CloseCode.VERSION,
      `This server speaks version ${VERSION} of the protocol.`,
    );
  }
  const token = text(from, 'token');
  if (!isToken(token)) {
    throw new ProtocolFault('bad-token', CloseCode.NO_SUCH_ROOM, 'This is not a room link: its token is malformed.');
  }
  const client = text(from, 'client');
  if (!isRandomToken(client)) throw badField('"client" has to be 22 base62 characters.');
  const person = optional(from, 'person', (f, k) => label(f, k, MAX_PERSON));
  const rev = optional(from, 'rev', integer);
  const epoch = optional(from, 'epoch', (f, k) => text(f, k, MAX_PERSON));
  if ((rev === undefined) !== (epoch === undefined)) throw badField('"rev" and "epoch" go together.');
  const name = optional(from, 'name', (f, k) => label(f, k, MAX_NAME));
  const tint = optional(from, 'color', color);
  const password = optional(from, 'password', (f, k) => text(f, k, MAX_PASSWORD));
  const create = optional(from, 'create', (f, k) => createFields(f, k, token));
  return {
    t: 'hello',
    v: VERSION,
    token,
    client,
    ...(person !== undefined && { person }),
    ...(rev !== undefined && { rev }),
    ...(epoch !== undefined && { epoch }),
    ...(name !== undefined && { name }),
    ...(tint !== undefined && { color: tint }),
    ...(password !== undefined && { password }),
    ...(create !== undefined && { create }),
  };
}

function createFields(from: Fields, field: string, edit: string): { owner: string; view: string } {
  const value = from[field];
  if (!isFields(value)) throw badField(`"${field}" has to be an object.`);
  const owner = text(value, 'owner');
  const view = text(value, 'view');
  if (!isRandomToken(owner) || !isRandomToken(view) || owner === view || owner === edit || view === edit) {
    throw badField(`"${field}" needs two further random tokens of 22 base62 characters, "owner" and "view".`);
  }
  return { owner, view };
}

/** An `op` message, from whichever encoding. */
export function clientOp(from: Fields): ClientMessage & { t: 'op' } {
  const message = { t: 'op', seq: integer(from, 'seq', 1), rev: integer(from, 'rev'), op: op(from['op']) } as const;
  if (isIdentity(message.op)) {
    throw new ProtocolFault('bad-op', CloseCode.BAD_MESSAGE, 'An op that changes nothing is not sent.');
  }
  return message;
}

function mismatch(from: Fields): ClientMessage {
  const hash = text(from, 'hash');
  if (!HASH.test(hash)) throw badField('"hash" has to be 8 hex digits.');
  return { t: 'mismatch', rev: integer(from, 'rev'), hash };
}
