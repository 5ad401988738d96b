import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { MAX_NAME, MAX_PASSWORD } from '../../lib/protocol/index.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { DeskRefusal, LinkFacts, OwnerDesk } from '../links/owner-desk.ts';
import type { Room } from '../room/room.ts';
import { visitedBase, type VisitedRule } from '../visited-base.ts';
import { answerDone, answerJson } from './answer.ts';
import type { BodyReader } from './body.ts';
import { line } from './line.ts';
import { Problem } from './problem.ts';

export interface LinksDeps extends VisitedRule {
  desk: OwnerDesk;
  bodies: BodyReader;
  caller: Caller;
  clock: Clock;
}

const wish = {
  name: line(MAX_NAME).optional(),
  expiresAt: z.int().min(0).nullish(),
  password: z.string().min(1).max(MAX_PASSWORD).nullish(),
};
const newLink = z.object({ role: z.enum(['edit', 'view']), ...wish });
const change = z.object(wish);
const lock = z.object({ locked: z.boolean() });

/** `GET …/links`: all links of the room, with who is in by them. */
export async function getLinks(room: Room, request: IncomingMessage, response: ServerResponse, deps: LinksDeps) {
  const links = await deps.desk.links(room);
  answerJson(response, 200, { locked: room.meta.locked, links: links.map((link) => withUrl(link, request, deps)) });
}

/** `POST …/links`: one more. */
export async function postLink(room: Room, request: IncomingMessage, response: ServerResponse, deps: LinksDeps) {
  const { role, ...asked } = await deps.bodies.json(request, newLink);
  const link = await deps.desk.make(room, role, inFuture(asked, deps.clock), deps.caller.budget.passwords);
  answerJson(response, 201, withUrl(link, request, deps));
}

/** `PATCH …/links/<id>`. */
export async function patchLink(
  room: Room,
  id: number,
  request: IncomingMessage,
  response: ServerResponse,
  deps: LinksDeps,
) {
  const asked = inFuture(await deps.bodies.json(request, change), deps.clock);
  answerJson(
    response,
    200,
    withUrl(await deps.desk.change(room, id, asked, deps.caller.budget.passwords), request, deps),
  );
}

/** `POST …/links/<id>/rotate`: the same link at another address. */
export async function rotateLink(
  room: Room,
  id: number,
  request: IncomingMessage,
  response: ServerResponse,
  deps: LinksDeps,
) {
  answerJson(response, 200, withUrl(await deps.desk.rotate(room, id), request, deps));
}

/** `DELETE …/links/<id>`: revokes it. */
export async function deleteLink(room: Room, id: number, response: ServerResponse, { desk }: LinksDeps) {
  await desk.revoke(room, id);
  answerDone(response);
}

/** `DELETE …/people/<author>`: removes whoever is here as this author. */
export async function deletePerson(room: Room, author: number, response: ServerResponse, { desk }: LinksDeps) {
  await desk.remove(room, author);
  answerDone(response);
}

/** `PUT …/lock`. */
export async function putLock(room: Room, request: IncomingMessage, response: ServerResponse, deps: LinksDeps) {
  const { locked } = await deps.bodies.json(request, lock);
  await deps.desk.lock(room, locked);
  answerJson(response, 200, { locked });
}

/** `DELETE /api/rooms/<token>`: the room with everything. */
export async function deleteRoom(room: Room, response: ServerResponse, { desk }: LinksDeps) {
  await desk.delete(room);
  answerDone(response);
}

/** What a refusal of the desk is over HTTP. */
export function problemOfDesk({ code, message }: DeskRefusal): Problem {
  switch (code) {
    case 'no-such-link':
    case 'no-such-person':
      return new Problem(404, code, message);
    case 'last-owner-link':
    case 'owner-stays':
    case 'too-many-links':
    case 'revoked':
      return new Problem(409, code, message);
  }
}

function inFuture<T extends { expiresAt?: number | null | undefined }>(asked: T, clock: Clock): T {
  if (typeof asked.expiresAt === 'number' && asked.expiresAt <= clock.now()) {
    throw new Problem(400, 'bad-field', '"expiresAt" has to be a time to come, in ms since 1970.');
  }
  return asked;
}

function withUrl(link: LinkFacts, request: IncomingMessage, deps: LinksDeps): LinkFacts & { url: string } {
  return { ...link, url: `${visitedBase(request, deps)}/r/${link.token}` };
}
