import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { HistoryBusy, type Histories } from '../history/histories.ts';
import { TooManyEntries } from '../history/plan-redaction.ts';
import { NoSuchPassage, redact, RedactionOvertaken } from '../history/redact.ts';
import { TooManyUnits } from '../history/unit-log.ts';
import { DEFAULT_SERVER_LIMITS } from '../limits.ts';
import type { Lease, Rooms } from '../rooms.ts';
import type { Storage } from '../storage/storage.ts';
import { answerJson } from './answer.ts';
import type { BodyReader } from './body.ts';
import { editAs } from './edit.ts';
import { existing } from './history-query.ts';
import { Problem } from './problem.ts';
import { callerName } from './text.ts';
import { personHere } from './versions.ts';

export interface RedactPlaceDeps {
  rooms: Rooms;
  histories: Histories;
  storage: Storage;
  bodies: BodyReader;
  caller: Caller;
}

const position = z.int().min(0);
const wish = z.object({ revision: position, from: position, to: position, copies: z.boolean().optional() });

/**
 * `POST …/redact`: takes a passage out of every revision. Goes on when the caller hangs up: what was begun is better finished.
 */
export async function postRedact(
  lease: Lease,
  request: IncomingMessage,
  response: ServerResponse,
  { rooms, histories, storage, bodies, caller }: RedactPlaceDeps,
): Promise<void> {
  const { room } = lease;
  const { revision, from, to, copies } = await bodies.json(request, wish);
  const { redactUnits } = DEFAULT_SERVER_LIMITS;
  if (from >= to) throw new Problem(400, 'bad-field', '"from" has to be before "to".');
  if (to - from > redactUnits) {
    throw new Problem(
      413,
      'passage-too-long',
      `A passage may have ${redactUnits} units at the most. Take it in parts.`,
    );
  }
  const rev = existing(revision, room);
  const name = caller.user?.name ?? callerName(request) ?? personHere(lease, caller)?.name;
  const done = await histories
    .run('long', room.id, new AbortController().signal, (walk) =>
      redact(
        walk,
        room,
        { rev, from, to, ...(copies !== undefined && { copies }) },
        {
          storage,
          limits: DEFAULT_SERVER_LIMITS,
          edit: (at, op) => editAs(lease, name, at, op),
          reload: () => rooms.reload(room.id),
        },
      ),
    )
    .catch(sayWhy);
  answerJson(response, 200, done);
}

function sayWhy(error: unknown): never {
  const soon = { 'retry-after': '1' };
  if (error instanceof NoSuchPassage) throw new Problem(404, 'no-such-passage', error.message);
  if (error instanceof TooManyEntries || error instanceof TooManyUnits) {
    throw new Problem(413, 'passage-too-long', `${error.message} Take the passage in parts.`);
  }
  if (error instanceof HistoryBusy || error instanceof RedactionOvertaken) {
    throw new Problem(503, 'busy', error.message, soon);
  }
  throw error;
}
