import type { Op } from '../../lib/client/index.ts';
import { isRecord } from '../ui/browser-store.ts';
import type {
  Author,
  Bucket,
  Changes,
  Entry,
  EntryPage,
  Moment,
  Segment,
  Timeline,
  UndoPlan,
  Version,
} from './history-types.ts';

/** The server said something that this page does not understand: it is of another version. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

/** Each of these reads one answer, and throws `NotUnderstood` if it has another shape. */
export function readTimeline(body: unknown): Timeline {
  const { rev, buckets } = record(body);
  return { rev: whole(rev), buckets: list(buckets).map(readBucket), authors: readAuthors(body) };
}

export function readMoment(body: unknown): Moment {
  const { rev, at, author, text } = record(body);
  const number = whole(author);
  const known = readAuthors(body).find((one) => one.author === number);
  return { rev: whole(rev), at: whole(at), author: known ?? nobody(number), text: words(text) };
}

export function readEntries(body: unknown): EntryPage {
  const { entries, next } = record(body);
  return {
    entries: list(entries).map(readEntry),
    authors: readAuthors(body),
    next: typeof next === 'number' ? next : null,
  };
}

export function readChanges(body: unknown): Changes {
  const { from, to, segments } = record(body);
  return {
    from: whole(from),
    to: whole(to),
    segments: list(segments).map(readSegment),
    authors: readAuthors(body),
  };
}

export function readVersions(body: unknown): { versions: readonly Version[]; authors: readonly Author[] } {
  const versions = list(record(body)['versions']).map((value) => {
    const { rev, name, author, at } = record(value);
    return { rev: whole(rev), name: words(name), author: whole(author), at: whole(at) };
  });
  return { versions: versions.sort((one, other) => one.rev - other.rev), authors: readAuthors(body) };
}

export function readUndoPlan(body: unknown): UndoPlan {
  const { rev, op, changes, inserted, deleted, segments } = record(body);
  return {
    rev: whole(rev),
    op: readOp(op),
    changes: whole(changes),
    inserted: whole(inserted),
    deleted: whole(deleted),
    segments: list(segments).map(readSegment),
    authors: readAuthors(body),
  };
}

export function readNumber(body: unknown, field: string): number {
  return whole(record(body)[field]);
}

/** Somebody of whom nothing is known but their number. */
export function nobody(author: number): Author {
  return { author, name: '', color: 1 };
}

function readAuthors(body: unknown): Author[] {
  return list(record(body)['authors']).map((value) => {
    const { author, name, color } = record(value);
    return { author: whole(author), name: words(name), color: whole(color) };
  });
}

function readBucket(value: unknown): Bucket {
  const { first, last, from, to, edits } = record(value);
  const pairs = list(edits).map((pair) => {
    const [author, count] = list(pair);
    return [whole(author), whole(count)] as const;
  });
  return { first: whole(first), last: whole(last), from: whole(from), to: whole(to), edits: pairs };
}

function readEntry(value: unknown): Entry {
  const { rev, author, at, op } = record(value);
  return { rev: whole(rev), author: whole(author), at: whole(at), op: readOp(op) };
}

function readSegment(value: unknown): Segment {
  const { kind, text, author, at } = record(value);
  if (kind !== 'same' && kind !== 'added' && kind !== 'removed') throw new NotUnderstood('No such kind of segment.');
  return { kind, text: words(text), author: whole(author), at: whole(at) };
}

function readOp(value: unknown): Op {
  return list(value).map((part) => {
    if (typeof part !== 'number' && typeof part !== 'string') throw new NotUnderstood('An op has a strange part.');
    return part;
  });
}

function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new NotUnderstood('An object was expected.');
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NotUnderstood('A list was expected.');
  return value;
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new NotUnderstood('A whole number was expected.');
  return value;
}

function words(value: unknown): string {
  if (typeof value !== 'string') throw new NotUnderstood('Text was expected.');
  return value;
}
