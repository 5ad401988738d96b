import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { MAX_VERSION_NAME, type Person } from '../../lib/protocol/index.ts';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { Lease } from '../rooms.ts';
import type { Storage } from '../storage/storage.ts';
import { answerDone, answerJson } from './answer.ts';
import type { BodyReader } from './body.ts';
import { apiAuthor } from './edit.ts';
import { line } from './line.ts';
import { Problem } from './problem.ts';
import { callerName } from './text.ts';

export interface VersionsDeps {
  storage: Storage;
  bodies: BodyReader;
  caller: Caller;
  clock: Clock;
}

const name = line(MAX_VERSION_NAME).refine((text) => text !== '', 'has to say something');
const newVersion = z.object({ rev: z.int().min(0), name });
const change = z.object({ name });

/** `GET …/versions`: the revisions that have a name, oldest first. */
export async function getVersions({ room }: Lease, response: ServerResponse, { storage }: VersionsDeps) {
  const versions = await storage.versions(room.id);
  const named = new Set(versions.map(({ author }) => author));
  const authors = named.size === 0 ? [] : await storage.authors(room.id);
  answerJson(response, 200, {
    versions,
    authors: authors
      .filter(({ author }) => named.has(author))
      .map(({ author, name, color }) => ({ author, name, color })),
  });
}

/** `POST …/versions`: gives a revision a name. */
export async function postVersion(
  lease: Lease,
  request: IncomingMessage,
  response: ServerResponse,
  deps: VersionsDeps,
) {
  const { room } = lease;
  const { storage, bodies, clock } = deps;
  const { rev, name } = await bodies.json(request, newVersion);
  if (rev > room.rev) throw new Problem(404, 'bad-rev', `Revision ${rev} does not exist; the newest is ${room.rev}.`);
  const known = await storage.versions(room.id);
  const { versions: most } = DEFAULT_SERVER_LIMITS;
  if (known.length >= most) throw new Problem(409, 'too-many-versions', `A room has at most ${most} versions.`);
  const version = { rev, name, author: await authorOf(lease, request, deps), at: clock.now() };
  const made = await storage.addVersion(room.id, version);
  if (made === 'taken') throw new Problem(409, 'version-exists', `Revision ${rev} has a name already.`);
  answerJson(response, 201, version);
}

/** `PATCH …/versions/<rev>`: another name. */
export async function patchVersion(
  { room }: Lease,
  rev: number,
  request: IncomingMessage,
  response: ServerResponse,
  { storage, bodies }: VersionsDeps,
) {
  const { name } = await bodies.json(request, change);
  if (!(await storage.renameVersion(room.id, rev, name))) throw noSuchVersion(rev);
  answerJson(response, 200, { rev, name });
}

/** `DELETE …/versions/<rev>`: takes the name away; the revision stays. */
export async function deleteVersion({ room }: Lease, rev: number, response: ServerResponse, { storage }: VersionsDeps) {
  if (!(await storage.deleteVersion(room.id, rev))) throw noSuchVersion(rev);
  answerDone(response);
}

function noSuchVersion(rev: number): Problem {
  return new Problem(404, 'no-such-version', `Revision ${rev} has no name.`);
}

/** Whoever has the room open in the same browser, or is signed in to it under the same name; otherwise a program. */
function authorOf(lease: Lease, request: IncomingMessage, { caller }: VersionsDeps): Promise<number> {
  const here = personHere(lease, caller);
  if (here) return Promise.resolve(here.author);
  return apiAuthor(lease, caller.user?.name ?? callerName(request));
}

/** Who has the room open in the caller's browser, or is signed in to it under the same name. */
export function personHere({ room }: Pick<Lease, 'room'>, { user, cookie }: Caller): Person | null {
  const guest = user ? `user:${user.user}` : `cookie:${cookie}`;
  const here = room.holders.all().find(({ guests, person }) => guests.includes(guest) && person.author > 0);
  return here?.person ?? null;
}
