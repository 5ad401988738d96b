import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { visitedBase, type VisitedRule } from '../visited-base.ts';

/** Pieces of the answer, and how long after each other they leave, in ms: long enough to see whether a proxy holds them back. */
const PIECES = 4;
const EVERY_MS = 150;

/**
 * `GET /api/check`: for the page that looks at the way between a browser and us. A line of JSON at once, `{at, base}` (our clock
 * in ms since 1970, and what we take for the address that was visited), then `{at}` again and again, each sent on its own.
 */
export function getNetworkCheck(
  request: IncomingMessage,
  response: ServerResponse,
  { clock, ...rule }: VisitedRule & { clock: Clock },
): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
  const write = (piece: object): boolean => response.write(`${JSON.stringify(piece)}\n`);
  write({ at: clock.now(), base: visitedBase(request, rule) });
  let left = PIECES - 1;
  const next = (): void => {
    write({ at: clock.now() });
    left -= 1;
    if (left === 0) response.end();
    else cancel = clock.after(EVERY_MS, next);
  };
  let cancel = clock.after(EVERY_MS, next);
  response.on('close', () => cancel());
}
