import { keptPassword, passwordHeader } from '../room/kept-password.ts';
import { withBase } from '../ui/base-path.ts';
import { isRecord } from '../ui/browser-store.ts';
import { historyStrings } from './history-strings.ts';
import type { Author, Changes, EntryPage, Moment, Timeline, UndoPlan, Version } from './history-types.ts';
import {
  NotUnderstood,
  readChanges,
  readEntries,
  readMoment,
  readNumber,
  readTimeline,
  readUndoPlan,
  readVersions,
} from './read-history.ts';

/** The server did not do it. `code` is its stable word, or `unreachable` or `not-understood`; the message is for people. */
export class HistoryFault extends Error {
  override readonly name = 'HistoryFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** As many bars as the widest screen has room for, and then some for finding one's way. At most 1,000. */
const BUCKETS = 400;

/**
 * What one link may ask of a room's past. All of it rejects with a `HistoryFault`, or with the signal's reason when that was
 * raised.
 */
export interface HistoryApi {
  timeline(signal?: AbortSignal): Promise<Timeline>;
  at(rev: number, signal?: AbortSignal): Promise<Moment>;
  /** One page of entries, `from` and `to` included. */
  entries(from: number, to: number, signal?: AbortSignal): Promise<EntryPage>;
  /** `from` < `to`. */
  changes(from: number, to: number, signal?: AbortSignal): Promise<Changes>;
  /** Newest revision at or before that time, ms since 1970; 0: none. */
  since(at: number, signal?: AbortSignal): Promise<number>;
  undo(authors: readonly number[], since: number, signal?: AbortSignal): Promise<UndoPlan>;
  versions(signal?: AbortSignal): Promise<{ versions: readonly Version[]; authors: readonly Author[] }>;
  nameVersion(rev: number, name: string): Promise<void>;
  renameVersion(rev: number, name: string): Promise<void>;
  removeVersion(rev: number): Promise<void>;
  /** With the owner link: takes a passage out of every revision. Gives how many had brought it; asking again does no harm. */
  redact(passage: { rev: number; from: number; to: number }, copies: boolean): Promise<number>;
}

export function historyApi(token: string): HistoryApi {
  const get = async <Result>(path: string, read: (body: unknown) => Result, signal?: AbortSignal) =>
    understood(await call(token, 'GET', path, undefined, signal), read);
  return {
    timeline: (signal) => get(`history/timeline?buckets=${BUCKETS}`, readTimeline, signal),
    at: (rev, signal) => get(`history/at?rev=${rev}`, readMoment, signal),
    entries: (from, to, signal) => get(`history?from=${from}&to=${to}`, readEntries, signal),
    changes: (from, to, signal) => get(`history/changes?from=${from}&to=${to}`, readChanges, signal),
    since: (at, signal) => get(`history/since?at=${Math.floor(at)}`, (body) => readNumber(body, 'rev'), signal),
    undo: (authors, since, signal) =>
      get(`history/undo?${authors.map((author) => `author=${author}&`).join('')}since=${since}`, readUndoPlan, signal),
    versions: (signal) => get('versions', readVersions, signal),
    nameVersion: async (rev, name) => void (await call(token, 'POST', 'versions', { rev, name })),
    renameVersion: async (rev, name) => void (await call(token, 'PATCH', `versions/${rev}`, { name })),
    removeVersion: async (rev) => void (await call(token, 'DELETE', `versions/${rev}`)),
    redact: async ({ rev, from, to }, copies) =>
      understood(await call(token, 'POST', 'redact', { revision: rev, from, to, copies }), (body) =>
        readNumber(body, 'revisions'),
      ),
  };
}

/** What to say of an error that came out of here. */
export function historyFaultWords(error: unknown): string {
  return error instanceof HistoryFault ? error.message : historyStrings.faults.other;
}

async function call(
  token: string,
  method: string,
  path: string,
  body?: object,
  signal?: AbortSignal,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(withBase(`/api/rooms/${token}/${path}`), {
      method,
      cache: 'no-store',
      headers: {
        ...passwordHeader(keptPassword(token)),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status === 204) return null;
    if (response.ok) return (await response.json()) as unknown;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError) throw notUnderstood();
    throw new HistoryFault('unreachable', historyStrings.faults.unreachable);
  }
  const answer: unknown = await response.json().catch(() => null);
  throw faultOf(answer, response.status);
}

function understood<Result>(body: unknown, read: (body: unknown) => Result): Result {
  try {
    return read(body);
  } catch (error) {
    if (error instanceof NotUnderstood) throw notUnderstood();
    throw error;
  }
}

/** Our words for what we know, the server's sentence for the rest. */
function faultOf(answer: unknown, status: number): HistoryFault {
  const code = isRecord(answer) && typeof answer['code'] === 'string' ? answer['code'] : String(status);
  const detail = isRecord(answer) && typeof answer['detail'] === 'string' ? answer['detail'] : null;
  return new HistoryFault(code, detail ?? historyStrings.faults.other);
}

function notUnderstood(): HistoryFault {
  return new HistoryFault('not-understood', historyStrings.faults.other);
}
