import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { checkOp, cleanText, deletion, diff, insertion, type Op } from '../../lib/ot/index.ts';
import { MAX_LANGUAGE, MAX_NAME, MAX_TITLE } from '../../lib/protocol/index.ts';
import type { Lease, Rooms } from '../rooms.ts';
import { visitedBase, type VisitedRule } from '../visited-base.ts';
import type { BodyReader } from './body.ts';
import { editAs } from './edit.ts';
import type { Caller } from '../caller.ts';
import { line } from './line.ts';
import { Problem } from './problem.ts';

const offset = z.int().min(0);

const newRoom = z.object({
  text: z.string().optional(),
  title: line(MAX_TITLE).optional(),
  language: line(MAX_LANGUAGE).optional(),
  name: line(MAX_NAME).optional(),
});

const edit = z.union([
  z.object({ rev: offset, op: z.array(z.union([z.number(), z.string()])), name: line(MAX_NAME).optional() }),
  z.object({
    rev: offset,
    type: z.literal('insert'),
    position: offset,
    text: z.string(),
    name: line(MAX_NAME).optional(),
  }),
  z.object({
    rev: offset,
    type: z.literal('delete'),
    position: offset,
    length: offset,
    name: line(MAX_NAME).optional(),
  }),
]);

/** What making a room needs besides the rooms. */
export interface PostRoomDeps extends VisitedRule {
  bodies: BodyReader;
  documentUnits: number;
  caller: Caller;
}

/** `POST /api/rooms`: a room that exists at once, with its three links. */
export async function postRoom(
  rooms: Rooms,
  request: IncomingMessage,
  response: ServerResponse,
  deps: PostRoomDeps,
): Promise<void> {
  const { bodies, documentUnits, caller, basePath } = deps;
  const { text = '', title, language, name } = await bodies.json(request, newRoom);
  if (text.length > documentUnits) {
    throw new Problem(413, 'document-full', `A room holds at most ${documentUnits} UTF-16 units.`);
  }
  const { lease, links } = await rooms.create(
    { ...(title !== undefined && { title }), ...(language !== undefined && { language }) },
    { caller },
  );
  try {
    await editAs(lease, caller.user?.name ?? name, 0, diff('', cleanText(text)));
    const base = visitedBase(request, deps);
    const link = (token: string) => ({ token, url: `${base}/r/${token}` });
    const body = {
      title: lease.room.meta.title,
      links: { owner: link(links.owner), edit: link(links.edit), view: link(links.view) },
    };
    response.writeHead(201, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      location: `${basePath}/api/rooms/${links.edit}`,
    });
    response.end(JSON.stringify(body));
  } finally {
    lease.release();
  }
}

/** `GET /api/rooms/<token>`: what is known of a room, without its text. */
export function getRoom({ room, role }: Lease, response: ServerResponse): void {
  const { rev, epoch, shard, length } = room;
  const { title, language, locked } = room.meta;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(
    JSON.stringify({ title, language, role, locked, rev, epoch, shard, length, people: room.audience.people().length }),
  );
}

/** `POST …/ops`: one edit, as an op or as the plain insert or delete that it often is. */
export async function postOp(
  lease: Lease,
  request: IncomingMessage,
  response: ServerResponse,
  { bodies, caller }: { bodies: BodyReader; caller: Caller },
): Promise<void> {
  const body = await bodies.json(request, edit);
  const op: Op =
    'op' in body
      ? body.op
      : body.type === 'insert'
        ? insertion(body.position, body.text)
        : deletion(body.position, body.length);
  const fault = checkOp(op);
  if (fault) throw new Problem(400, 'bad-op', fault.message);
  const rev = await editAs(lease, caller.user?.name ?? body.name, body.rev, op);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ rev }));
}
