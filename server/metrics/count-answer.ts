import type { ServerResponse } from 'node:http';
import type { Counters } from '../counters.ts';

/** Counts a request of ours while it is under way, and its answer once that is out, or the caller has gone. */
export function countAnswer(response: ServerResponse, counters: Counters): void {
  counters.here.api++;
  response.once('close', () => {
    counters.here.api--;
    const kind = `${Math.floor(response.statusCode / 100)}xx`;
    counters.answers[kind] = (counters.answers[kind] ?? 0) + 1;
  });
}
