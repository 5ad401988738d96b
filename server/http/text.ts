import type { IncomingMessage, ServerResponse } from 'node:http';
import { diff } from '../../lib/ot/index.ts';
import { cleanLabel, MAX_NAME } from '../../lib/protocol/index.ts';
import { textAt } from '../room/history.ts';
import type { Caller } from '../caller.ts';
import type { Room } from '../room/room.ts';
import type { Lease } from '../rooms.ts';
import type { Storage } from '../storage/storage.ts';
import type { BodyReader } from './body.ts';
import { editAs } from './edit.ts';
import { exportFile, importFile } from './file-shape.ts';
import { existing, revisionIn } from './history-query.ts';
import { Problem } from './problem.ts';

export interface TextDeps {
  storage: Storage;
  /** UTF-16 units of a text. */
  documentUnits: number;
  bodies: BodyReader;
  caller: Caller;
}

/** `GET …/text[?rev=n]`: the text, now or as it was. */
export async function getText(
  room: Room,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  deps: TextDeps,
): Promise<void> {
  const rev = revisionIn(query, 'rev', room, room.rev);
  const headers = headersOf(room, rev);
  if (request.headers['if-none-match'] === headers.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const text = rev === room.rev ? room.text() : (await textAt(deps.storage, room.id, rev)).toString();
  response.writeHead(200, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** `GET …/file`: the text with the line ends and byte-order mark that its file came with. */
export function getFile(room: Room, response: ServerResponse): void {
  const headers = {
    ...headersOf(room, room.rev),
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': 'attachment',
  };
  response.writeHead(200, headers).end(exportFile(room.text(), room.meta.file));
}

/**
 * `PUT …/text`: merges a whole text in as an ordinary edit, by the smallest difference to the revision that `If-Match`
 * names, so that a stale file undoes nobody's newer work; without it, to the current text.
 */
export async function putText(
  lease: Lease,
  request: IncomingMessage,
  response: ServerResponse,
  deps: TextDeps,
): Promise<void> {
  const { room } = lease;
  const { text, shape } = importFile(await deps.bodies.text(request));
  if (text.length > deps.documentUnits) {
    throw new Problem(413, 'document-full', `A room holds at most ${deps.documentUnits} UTF-16 units.`);
  }
  const rev = revisionMatched(request, room);
  const base = rev === room.rev ? room.text() : (await textAt(deps.storage, room.id, rev)).toString();
  if (room.length === 0 && text.length > 0) await room.setMeta({ file: shape });
  const settled = await editAs(lease, deps.caller.user?.name ?? callerName(request), rev, diff(base, text));
  response.writeHead(200, { ...headersOf(room, settled), 'content-type': 'application/json' });
  response.end(JSON.stringify({ rev: settled }));
}

/** `ETag` names log and revision, so that it stays true after a backup was restored. */
function headersOf(room: Room, rev: number) {
  return {
    etag: `"${room.epoch}-${rev}"`,
    'tandem-revision': String(rev),
    'tandem-epoch': room.epoch,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  };
}

/** `"<epoch>-<rev>"` as `ETag` gives it, or the number alone. */
function revisionMatched(request: IncomingMessage, room: Room): number {
  const given = request.headers['if-match'];
  if (given === undefined || given === '*') return room.rev;
  const [, epoch, rev] = /^"?(?:([0-9A-Za-z]{22})-)?(\d{1,15})"?$/.exec(given.trim()) ?? [];
  if (rev === undefined) throw new Problem(400, 'bad-field', 'If-Match has to be an ETag of this text, or a revision.');
  if (epoch !== undefined && epoch !== room.epoch) {
    throw new Problem(412, 'other-epoch', 'The room was restored from a backup since; its revisions are others now.');
  }
  return existing(Number(rev), room);
}

/** Programs may say who they are. */
export function callerName(request: IncomingMessage): string | undefined {
  const name = request.headers['tandem-name'];
  return typeof name === 'string' ? cleanLabel(name, MAX_NAME) : undefined;
}
