import { apply, checkOp, fitOp, Text, type Op } from '../ot/index.ts';
import type { KeptRoom, SavedRoom } from './journal.ts';
import type { InitialRoom } from './types.ts';

/** An op that was composed of many may have more parts than one that is sent. */
const ANY_PARTS = Number.MAX_SAFE_INTEGER;

/**
 * What a journal gave back, if a room can be opened with it: of our shape, and with ops that fit its text. Null
 * otherwise, for a journal outlives versions of the program, and storage can be damaged.
 */
export function readKept(record: unknown, base: unknown): KeptRoom | null {
  if (typeof base !== 'string' || !isRecord(record) || record['v'] !== 1) return null;
  if (!hasShape(record)) return null;
  const { delta, outstanding, buffer } = record;
  if (fitOp(delta, Text.of(base))) return null;
  const shown = Text.of(apply(base, delta));
  for (const op of [outstanding?.op, buffer]) {
    if (!op) continue;
    if (fitOp(op, shown)) return null;
    shown.apply(op);
  }
  return { record, base };
}

/**
 * The room as the server had confirmed it when the record was written, for a page that may not go on as that client.
 * Null if the server had none yet.
 */
export function lastKnown({ record, base }: KeptRoom): InitialRoom | null {
  const { epoch, rev, title, language, role, delta } = record;
  return epoch === null || rev === 0 ? null : { text: apply(base, delta), rev, epoch, title, language, role };
}

function hasShape(value: Record<string, unknown>): value is Record<string, unknown> & SavedRoom {
  const { client, token, title, language, role, epoch, rev, seq, delta, outstanding, buffer, create, wanted } = value;
  return (
    [client, token, title, language].every((one) => typeof one === 'string') &&
    (role === 'owner' || role === 'edit' || role === 'view') &&
    (epoch === null || typeof epoch === 'string') &&
    isCount(rev) &&
    isCount(seq) &&
    isOp(delta) &&
    (buffer === null || isOp(buffer)) &&
    (outstanding === null || isOutstanding(outstanding)) &&
    (create === null ||
      (isRecord(create) && typeof create['owner'] === 'string' && typeof create['view'] === 'string')) &&
    (wanted === null || isRecord(wanted))
  );
}

function isOutstanding(value: unknown): boolean {
  if (!isRecord(value) || !isCount(value['seq']) || !isOp(value['op'])) return false;
  const { sent } = value;
  return isRecord(sent) && isCount(sent['rev']) && isOp(sent['op']);
}

function isOp(value: unknown): value is Op {
  return checkOp(value, ANY_PARTS) === null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
