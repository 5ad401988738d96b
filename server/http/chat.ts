import type { ServerResponse } from 'node:http';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { Room } from '../room/room.ts';
import { answerJson } from './answer.ts';
import { Problem } from './problem.ts';

/** Messages in a page when the caller names no number. */
const PAGE = 50;

/** `GET …/chat[?before=n&limit=50]`: what was said, the newest page or the one before a message; quotes are in the text at `rev`. */
export async function getChat(room: Room, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const before = numberIn(query, 'before', Number.MAX_SAFE_INTEGER);
  const limit = numberIn(query, 'limit', DEFAULT_SERVER_LIMITS.chatPage) ?? PAGE;
  answerJson(response, 200, await room.notes.chatPage({ limit, ...(before !== undefined && { before }) }));
}

function numberIn(query: URLSearchParams, name: string, most: number): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const number = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  if (number >= 1 && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${most}`;
  throw new Problem(400, 'bad-field', `"${name}" has to be a whole number ${range}.`);
}
