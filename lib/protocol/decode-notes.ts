import { badField, integer, isFields, optional, text, type Fields } from './fields.ts';
import { MAX_NOTE } from './limits.ts';
import type { ClientMessage } from './messages.ts';
import { cleanNote } from './note-text.ts';
import type { CommentAct, Passage } from './notes.ts';
import { isRandomToken } from './token.ts';

/** A `chat` message of a client. Whether its passage is one of the text is for the room to say. */
export function chat(from: Fields): ClientMessage & { t: 'chat' } {
  const quote = optional(from, 'quote', (f, k) => {
    const value = f[k];
    if (!isFields(value)) throw badField('"quote" has to be an object.');
    return passage(value);
  });
  return { t: 'chat', id: randomId(from, 'id'), text: note(from), ...(quote && { quote }) };
}

/** A `comment` message of a client. */
export function comment(from: Fields): ClientMessage & { t: 'comment' } {
  return { t: 'comment', id: randomId(from, 'id'), thread: randomId(from, 'thread'), act: act(from['act']) };
}

function act(value: unknown): CommentAct {
  if (!isFields(value)) throw badField('"act" has to be an object.');
  const kind = value['kind'];
  switch (kind) {
    case 'open':
      return { kind, ...passage(value), text: note(value) };
    case 'reply':
    case 'change':
      return { kind, text: note(value) };
    case 'resolve':
    case 'reopen':
    case 'delete':
      return { kind };
    default:
      throw badField('"kind" has to be open, reply, resolve, reopen, delete or change.');
  }
}

function passage(from: Fields): Passage {
  const start = integer(from, 'from');
  return { rev: integer(from, 'rev'), from: start, to: integer(from, 'to', start + 1) };
}

function note(from: Fields): string {
  const given = text(from, 'text', MAX_NOTE);
  if (given === '') throw badField('"text" has to say something.');
  return cleanNote(given, MAX_NOTE);
}

function randomId(from: Fields, field: string): string {
  const value = text(from, field);
  if (isRandomToken(value)) return value;
  throw badField(`"${field}" has to be 22 base62 characters.`);
}
