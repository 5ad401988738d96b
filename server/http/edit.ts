import type { Op } from '../../lib/ot/index.ts';
import { isIdentity } from '../../lib/ot/index.ts';
import type { ProtocolFault } from '../../lib/protocol/index.ts';
import type { Lease } from '../rooms.ts';
import { Problem } from './problem.ts';

/** Whose name edits over REST carry when the caller gives none. */
const CALLER = 'API';
/** How long a request waits for the disk before it is told to come back. */
const PATIENCE_MS = 10_000;

/**
 * An edit at `rev` on behalf of a program. The server is its client: one author for each name in a room. Resolves
 * with the revision at which it is durable.
 */
export async function editAs(
  { room, link }: Pick<Lease, 'room' | 'link'>,
  name: string | undefined,
  rev: number,
  op: Op,
): Promise<number> {
  if (isIdentity(op)) return room.rev;
  const author = await authorOf({ room, link }, name);
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(
      () =>
        reject(
          new Problem(503, 'store-down', 'The server cannot write now. The edit may still arrive.', {
            'retry-after': '5',
          }),
        ),
      PATIENCE_MS,
    );
    room.submit({
      kind: 'op',
      author,
      seq: 'next',
      rev,
      op,
      done: (outcome) => {
        clearTimeout(impatience);
        if (outcome.kind === 'refused') reject(problemOf(outcome.fault));
        else resolve(outcome.rev);
      },
    });
  });
}

/** The author as which a program does something. */
export function authorOf({ room, link }: Pick<Lease, 'room' | 'link'>, name: string | undefined): Promise<number> {
  const caller = name?.trim() || CALLER;
  return room.author({ client: `api:${caller}`, person: '', name: caller, color: 12, kind: 'api', link });
}

function problemOf(fault: ProtocolFault): Problem {
  switch (fault.code) {
    case 'bad-op':
      return new Problem(400, fault.code, fault.message);
    case 'bad-rev':
      return new Problem(404, fault.code, fault.message);
    case 'document-full':
      return new Problem(413, fault.code, fault.message);
    case 'too-fast':
      return new Problem(429, fault.code, fault.message, { 'retry-after': '1' });
    default:
      return new Problem(503, fault.code, fault.message, { 'retry-after': '1' });
  }
}
