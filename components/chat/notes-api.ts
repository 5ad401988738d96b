import type { Anchor, ChatMessage, Comment, Thread } from '../../lib/client/index.ts';
import { keptPassword, passwordHeader } from '../room/kept-password.ts';
import { withBase } from '../ui/base-path.ts';
import { isRecord } from '../ui/browser-store.ts';

/** Messages of the chat, ascending by `n`; offsets of quotes are in the text at `rev`. */
export interface ChatPage {
  rev: number;
  messages: readonly ChatMessage[];
}

/** All comments, offsets in the text at `rev`. */
export interface ThreadList {
  rev: number;
  threads: readonly Thread[];
}

/** How many messages are fetched at once: two screens of them. */
export const CHAT_PAGE = 50;

/** The newest messages, or those before number `before`. Rejects if there is no answer that can be read. */
export async function readChat(token: string, before?: number): Promise<ChatPage> {
  const since = before === undefined ? '' : `&before=${before}`;
  const { rev, messages } = await read(token, `/chat?limit=${CHAT_PAGE}${since}`);
  if (!Array.isArray(messages)) throw new Error('The server answers something that is no chat.');
  return { rev: numberOf(rev), messages: messages.flatMap(chatMessageIn) };
}

/** All comments, resolved ones too. Rejects as `readChat` does. */
export async function readThreads(token: string): Promise<ThreadList> {
  const { rev, threads } = await read(token, '/threads');
  if (!Array.isArray(threads)) throw new Error('The server answers something that is no list of comments.');
  return { rev: numberOf(rev), threads: threads.flatMap(threadIn) };
}

async function read(token: string, path: string): Promise<Record<string, unknown>> {
  const response = await fetch(withBase(`/api/rooms/${token}${path}`), {
    cache: 'no-store',
    headers: passwordHeader(keptPassword(token)),
  });
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
  const answer: unknown = await response.json();
  if (!isRecord(answer)) throw new Error('The server answers something that is no object.');
  return answer;
}

/** The message in it, if it is one: `[message]` or `[]`. */
export function chatMessageIn(value: unknown): [ChatMessage] | [] {
  const [said] = commentIn(value);
  if (said === undefined || !isRecord(value) || typeof value['n'] !== 'number') return [];
  const quote = value['quote'] === undefined || value['quote'] === null ? null : anchorIn(value['quote']);
  const { id, author, name, color, at, text } = said;
  return [{ n: value['n'], id, author, name, color, at, text, ...(quote !== null && { quote }) }];
}

/** The thread in it, if it is one. */
export function threadIn(value: unknown): [Thread] | [] {
  if (!isRecord(value) || typeof value['id'] !== 'string') return [];
  const { id, comments, resolved, ended } = value;
  const anchor = anchorIn(value['anchor']);
  if (ended === true) {
    const nowhere = { from: 0, to: 0, text: '', gone: null };
    return [{ id, anchor: anchor ?? nowhere, resolved: null, comments: [], ended: true }];
  }
  if (anchor === null || !Array.isArray(comments)) return [];
  return [{ id, anchor, resolved: whoAndWhen(resolved), comments: comments.flatMap(commentIn) }];
}

function commentIn(value: unknown): [Comment] | [] {
  if (!isRecord(value)) return [];
  const { id, text, at, changedAt } = value;
  if (typeof id !== 'string' || typeof text !== 'string') return [];
  const changed = typeof changedAt === 'number' ? { changedAt } : {};
  return [{ id, ...person(value), color: numberOf(value['color']), at: numberOf(at), text, ...changed }];
}

function anchorIn(value: unknown): Anchor | null {
  if (!isRecord(value)) return null;
  const { from, to, text, gone } = value;
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  return { from, to, text: typeof text === 'string' ? text : '', gone: isRecord(gone) ? person(gone) : null };
}

function whoAndWhen(value: unknown): Thread['resolved'] {
  return isRecord(value) ? { ...person(value), at: numberOf(value['at']) } : null;
}

function person(value: Record<string, unknown>): { author: number; name: string } {
  const { author, name } = value;
  return { author: numberOf(author), name: typeof name === 'string' ? name : '' };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
