import { CloseCode } from '../protocol/index.ts';
import type { Reach } from './reach.ts';
import type { LostReason, Status } from './types.ts';

/** How the last socket ended, if it was the last one. */
export interface Ending {
  code: number;
  /** The fault's stable word, if one came along. */
  word: string | null;
  /** This page, or an earlier one of this browser, has been in the room. */
  wasThere: boolean;
}

export interface StatusFacts {
  lost: Ending | null;
  reach: Reach;
  role: 'owner' | 'edit' | 'view';
  locked: boolean;
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
  if (facts.lost) return { kind: 'lost', code: facts.lost.code, reason: lostReason(facts.lost) };
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
  if (facts.locked) return { kind: 'locked' };
  if (!facts.storeOk) return { kind: 'cannotWrite' };
  if (facts.full) return { kind: 'full' };
  if (facts.unsaved > 0) {
    if (facts.catchingUp) return { kind: 'catchingUp' };
    return { kind: facts.received ? 'received' : 'device' };
  }
  return { kind: facts.fresh ? 'ready' : 'saved' };
}

/** What a fatal close means to the person who sees it. */
export function lostReason({ code, word, wasThere }: Ending): LostReason {
  switch (code) {
    case CloseCode.PASSWORD:
      return 'password';
    case CloseCode.FORBIDDEN:
      return forbidden(word);
    case CloseCode.NO_SUCH_ROOM:
      return word === 'deleted' || wasThere ? 'deleted' : 'missing';
    case CloseCode.VERSION:
      return 'updated';
    default:
      return 'refused';
  }
}

function forbidden(word: string | null): LostReason {
  switch (word) {
    case 'revoked':
    case 'expired':
    case 'removed':
      return word;
    case 'sign-in-wanted':
      return 'signIn';
    // A server from before the words closed so for this reason only.
    case null:
      return 'revoked';
    default:
      return 'refused';
  }
}
