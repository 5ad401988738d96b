import type { ServerResponse } from 'node:http';
import { HistoryBusy, type Histories } from '../history/histories.ts';
import type { Room } from '../room/room.ts';
import type { Storage } from '../storage/storage.ts';
import { HISTORY_PLACES, type HistoryPlaceLimits } from './history-places.ts';
import { named } from './named-authors.ts';
import { Problem } from './problem.ts';

export interface HistoryDeps {
  histories: Histories;
  storage: Storage;
  limits: HistoryPlaceLimits;
}

export type HistoryPlace = keyof typeof HISTORY_PLACES;

/** Answers `GET /api/rooms/<token>/history…`, and stops working when the caller hangs up. */
export async function getHistory(
  place: HistoryPlace,
  room: Room,
  query: URLSearchParams,
  response: ServerResponse,
  { histories, storage, limits }: HistoryDeps,
): Promise<void> {
  const question = HISTORY_PLACES[place](query, room, limits);
  const { body, authors } = await histories
    .run(question.kind, room.id, untilHungUp(response), (walk, history) => question.answer(walk, history))
    .catch(sayWhenBusy);
  const answer = authors ? { ...body, authors: await named(storage, room.id, authors) } : body;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(answer));
}

function untilHungUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Nobody is left to read this answer.
  response.once('close', () =>
    controller.abort(new Problem(400, 'hung-up', 'The connection ended before the answer.')),
  );
  return controller.signal;
}

function sayWhenBusy(error: unknown): never {
  if (error instanceof HistoryBusy) throw new Problem(503, 'busy', error.message, { 'retry-after': '1' });
  throw error;
}
