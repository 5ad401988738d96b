import type { Op } from '../ot/index.ts';
import { hasPending } from './journal.ts';
import { Replica } from './replica.ts';
import { RoomMeta } from './room-meta.ts';
import type { OpenRoom } from './types.ts';

/** What a room starts with. */
export interface Beginning {
  client: string;
  replica: Replica;
  meta: RoomMeta;
  role: 'owner' | 'edit' | 'view';
  create: { owner: string; view: string } | null;
  /** The journal has a record, and a base text to which the replica's confirmed text stands so; null: in no useful way. */
  found: { delta: Op | null } | null;
  /** Has this browser seen the room on the server before? */
  wasThere: boolean;
  /** The replica has edits of an earlier page, which may have sent more of them than it could write down. */
  mayBeStale: boolean;
}

/**
 * Puts together what the page was rendered with and what an earlier page left. Edits that wait are worth more than a
 * newer text, for they can only be transformed from where they were made; the socket brings the rest.
 */
export function beginning({ environment, initial, kept, create }: OpenRoom): Beginning {
  if (!kept) {
    return {
      client: environment.clientId(),
      replica: Replica.of(initial ?? null),
      meta: new RoomMeta(initial?.title ?? '', initial?.language ?? ''),
      role: initial?.role ?? 'edit',
      create: create ?? null,
      found: null,
      wasThere: false,
      mayBeStale: false,
    };
  }
  const { record } = kept;
  const meta = new RoomMeta(initial?.title ?? record.title, initial?.language ?? record.language);
  if (record.wanted) meta.want(record.wanted);
  const common = {
    client: record.client,
    meta,
    role: initial?.role ?? record.role,
    create: create ?? record.create,
    wasThere: record.epoch !== null && record.rev > 0,
    mayBeStale: hasPending(record),
  };
  const isNewer = initial && !hasPending(record) && !(initial.epoch === record.epoch && initial.rev < record.rev);
  return isNewer
    ? { ...common, replica: Replica.of(initial, record.seq), found: { delta: null } }
    : { ...common, replica: Replica.restore(kept), found: { delta: record.delta } };
}
