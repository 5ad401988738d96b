import { CloseCode } from '../protocol/index.ts';
import type { Reach } from './reach.ts';
import type { LostReason, Status } from './types.ts';

export interface StatusFacts {
  lost: { code: number; everWelcomed: boolean } | null;
  reach: Reach;
  role: 'owner' | 'edit' | 'view';
  /** Units without an acknowledgement. */
  unsaved: number;
  /** Some of those are from before the connection came back, or revisions from then are still to come. */
  catchingUp: boolean;
  received: boolean;
  storeOk: boolean;
  full: boolean;
  /** Nothing was ever written in this room, as far as this screen knows. */
  fresh: boolean;
}

/** The words' state for what is known (LOOK, Status). Trouble first; "Saved" only if all is acknowledged and live. */
export function deriveStatus(facts: StatusFacts): Status {
  if (facts.lost)
    return { kind: 'lost', code: facts.lost.code, reason: lostReason(facts.lost.code, facts.lost.everWelcomed) };
  switch (facts.reach) {
    case 'offline':
      return { kind: 'offline' };
    case 'reconnecting':
      return { kind: 'reconnecting' };
    case 'starting':
      if (facts.role === 'view') return { kind: 'view' };
      return { kind: facts.unsaved > 0 ? 'device' : 'ready' };
    case 'live':
      break;
  }
  if (facts.role === 'view') return { kind: 'view' };
  if (!facts.storeOk) return { kind: 'cannotWrite' };
  if (facts.full) return { kind: 'full' };
  if (facts.unsaved > 0) {
    if (facts.catchingUp) return { kind: 'catchingUp' };
    return { kind: facts.received ? 'received' : 'device' };
  }
  return { kind: facts.fresh ? 'ready' : 'saved' };
}

/** What a fatal close code means to the person who sees it. */
export function lostReason(code: number, everWelcomed: boolean): LostReason {
  switch (code) {
    case CloseCode.FORBIDDEN:
      return 'revoked';
    case CloseCode.NO_SUCH_ROOM:
      return everWelcomed ? 'deleted' : 'missing';
    case CloseCode.VERSION:
      return 'updated';
    default:
      return 'refused';
  }
}
