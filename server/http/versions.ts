import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { MAX_NAME, MAX_VERSION_NAME } from '../../lib/protocol/index.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import type { Room } from '../room/room.ts';
import type { Lease } from '../rooms.ts';
import type { Version } from '../storage/notes.ts';
import type { Storage } from '../storage/storage.ts';
import type { BodyReader } from './body.ts';
import { authorOf } from './edit.ts';
import { existing } from './history-query.ts';
import { line } from './line.ts';
import { named } from './named-authors.ts';
import { Problem } from './problem.ts';

export interface VersionsDeps {
  storage: Storage;
  bodies: BodyReader;
  caller: Caller;
  clock: Clock;
  limits: Pick<ServerLimits, 'versionsPerRoom'>;
}

const name = line(MAX_VERSION_NAME).refine((given) => given !== '', 'is empty');
const newVersion = z.object({ rev: z.int().min(0), name, by: line(MAX_NAME).optional() });
const change = z.object({ name });

/** `GET …/versions`: revisions with a name, oldest first. */
export async function getVersions({ id }: Room, response: ServerResponse, { storage }: VersionsDeps) {
  const versions = await storage.versions(id);
  send(response, 200, {
    versions,
    authors: await named(
      storage,
      id,
      versions.map(({ author }) => author),
    ),
  });
}

/** `POST …/versions`: gives a revision a name. */
export async function postVersion(
  lease: Lease,
  request: IncomingMessage,
  response: ServerResponse,
  { storage, bodies, caller, clock, limits }: VersionsDeps,
) {
  const { room } = lease;
  const { by, ...asked } = await bodies.json(request, newVersion);
  existing(asked.rev, room);
  if ((await storage.versions(room.id)).length >= limits.versionsPerRoom) {
    throw new Problem(409, 'too-many-versions', `A room has at most ${limits.versionsPerRoom} named versions.`);
  }
  const author = await authorOf(lease, caller.user?.name ?? by);
  const version: Version = { ...asked, author, at: clock.now() };
  if ((await storage.addVersion(room.id, version)) === 'taken') {
    throw new Problem(409, 'version-exists', `Revision ${version.rev} has a name already.`);
  }
  send(response, 201, version);
}

/** `PATCH …/versions/<rev>`: gives it another name. */
export async function patchVersion(
  room: Room,
  rev: number,
  request: IncomingMessage,
  response: ServerResponse,
  { storage, bodies }: VersionsDeps,
) {
  const asked = await bodies.json(request, change);
  if (!(await storage.renameVersion(room.id, rev, asked.name))) throw noSuchVersion(rev);
  send(response, 200, { rev, ...asked });
}

/** `DELETE …/versions/<rev>`: takes its name away; the revision stays. */
export async function deleteVersion(room: Room, rev: number, response: ServerResponse, { storage }: VersionsDeps) {
  if (!(await storage.deleteVersion(room.id, rev))) throw noSuchVersion(rev);
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}

function noSuchVersion(rev: number): Problem {
  return new Problem(404, 'no-such-version', `Revision ${rev} has no name.`);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
