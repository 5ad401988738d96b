import { lengthChange, weight } from '../../lib/ot/index.ts';
import { authorship } from '../history/authorship.ts';
import { Changes } from '../history/changes.ts';
import type { JobKind } from '../history/histories.ts';
import type { RoomHistory } from '../history/room-history.ts';
import type { Segment } from '../history/segments.ts';
import { timeline } from '../history/timeline.ts';
import { Undo } from '../history/undo.ts';
import { eachEntry, textAt, type Walk } from '../history/walk.ts';
import type { ServerLimits } from '../limits.ts';
import { firstPortion } from '../room/portion.ts';
import type { Room } from '../room/room.ts';
import { numberIn, numbersIn, revisionIn } from './history-query.ts';
import { Problem } from './problem.ts';

export type HistoryPlaceLimits = Pick<
  ServerLimits,
  'historyPage' | 'historyUnits' | 'historyBuckets' | 'historyRuns' | 'historyAuthors'
>;

/** What is answered, and the authors that occur in it. */
interface Answer {
  body: object;
  authors?: Iterable<number>;
}

/** A question that was understood. */
interface Question {
  kind: JobKind;
  answer(walk: Walk, history: RoomHistory): Promise<Answer>;
}

type Place = (query: URLSearchParams, room: Room, limits: HistoryPlaceLimits) => Question;

const DEFAULT_BUCKETS = 400;

/** What stands behind `/api/rooms/<token>/history…`. Each reads the query, or throws a `Problem`, before anything is done. */
export const HISTORY_PLACES = {
  entries,
  timeline: timelineOf,
  at,
  changes,
  since,
  authorship: authorshipOf,
  undo,
} satisfies Record<string, Place>;

/** `GET history?from&to`: entries of the log, at most a page. */
function entries(query: URLSearchParams, room: Room, { historyPage, historyUnits }: HistoryPlaceLimits): Question {
  // Who has everything asks for what comes next, and that may be nothing yet.
  const from = numberIn(query, 'from', { least: 1, otherwise: 1 });
  if (from > room.rev + 1)
    throw new Problem(404, 'bad-rev', `Revision ${from} does not exist; the newest is ${room.rev}.`);
  const to = revisionIn(query, 'to', room, room.rev);
  return {
    kind: 'quick',
    async answer({ storage }) {
      const read = from > to ? [] : await storage.entries(room.id, from, to, historyPage);
      const page = firstPortion(read, historyPage, historyUnits);
      const next = from + page.length;
      return {
        body: {
          entries: page.map(({ rev, author, at: taken, op }) => ({ rev, author, at: taken, op })),
          ...(next <= to && { next }),
        },
        authors: page.map(({ author }) => author),
      };
    },
  };
}

/** `GET history/timeline?buckets`. */
function timelineOf(query: URLSearchParams, room: Room, { historyBuckets }: HistoryPlaceLimits): Question {
  const count = numberIn(query, 'buckets', { least: 1, most: historyBuckets, otherwise: DEFAULT_BUCKETS });
  const { rev } = room;
  return {
    kind: 'quick',
    async answer(walk, history) {
      const buckets = timeline(await history.marks(walk, rev), rev, count);
      return { body: { rev, buckets }, authors: buckets.flatMap(({ edits }) => edits.map(([author]) => author)) };
    },
  };
}

/** `GET history/at?rev`: the text at a revision, and whose that was. */
function at(query: URLSearchParams, room: Room): Question {
  const rev = revisionIn(query, 'rev', room, room.rev);
  const newest = rev === room.rev ? room.text() : null;
  return {
    kind: 'quick',
    async answer(walk) {
      const [marks, text] = await Promise.all([
        walk.storage.marks(room.id, rev, rev, 1),
        newest ?? textAt(walk, rev).then(String),
      ]);
      const author = marks.authors[0] ?? 0;
      return { body: { rev, at: marks.times[0] ?? 0, author, text }, authors: [author] };
    },
  };
}

/** `GET history/changes?from&to`: what came and went between two revisions. */
function changes(query: URLSearchParams, room: Room): Question {
  const from = revisionIn(query, 'from', room, 0);
  const to = revisionIn(query, 'to', room, room.rev);
  if (from >= to) throw new Problem(400, 'bad-field', '"from" has to be before "to".');
  return {
    kind: 'long',
    async answer(walk) {
      const found = new Changes((await textAt(walk, from)).toString());
      await eachEntry(walk, from, to, (entry) => found.add(entry));
      const segments = found.segments();
      return { body: { from, to, segments }, authors: authorsIn(segments) };
    },
  };
}

/** `GET history/since?at`: which revision was the newest then. */
function since(query: URLSearchParams, room: Room): Question {
  const time = numberIn(query, 'at');
  const { rev } = room;
  return {
    kind: 'quick',
    answer: async (walk, history) => ({ body: { rev: (await history.marks(walk, rev)).revAt(time) } }),
  };
}

/** `GET history/authorship[?rev]`: who wrote each unit of the text. */
function authorshipOf(query: URLSearchParams, room: Room, { historyRuns }: HistoryPlaceLimits): Question {
  const rev = revisionIn(query, 'rev', room, room.rev);
  return {
    kind: 'long',
    async answer(walk, history) {
      const marks = await history.marks(walk, rev);
      const runs = authorship(await history.revsAt(walk, rev), marks, historyRuns);
      return { body: { rev, runs }, authors: runs.map(([, author]) => author) };
    },
  };
}

/** `GET history/undo?author&since`: an op that takes back what somebody did. */
function undo(query: URLSearchParams, room: Room, { historyAuthors }: HistoryPlaceLimits): Question {
  const authors = numbersIn(query, 'author', historyAuthors);
  const from = revisionIn(query, 'since', room);
  const { rev } = room;
  return {
    kind: 'long',
    async answer(walk) {
      const found = new Undo((await textAt(walk, from)).toString(), authors);
      await eachEntry(walk, from, rev, (entry) => found.add(entry));
      const segments = found.segments();
      const { op } = found;
      const deleted = (weight(op) - lengthChange(op)) / 2;
      const body = { rev, op, changes: found.changes, inserted: weight(op) - deleted, deleted, segments };
      return { body, authors: authorsIn(segments) };
    },
  };
}

function authorsIn(segments: readonly Segment[]): number[] {
  return segments.map(({ author }) => author);
}
