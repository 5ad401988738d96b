import type { LinkState } from './connection.ts';

/** How the connection is, as far as a person cares. */
export type Reach =
  /** The first try of this page, and not for long. */
  | 'starting'
  | 'live'
  /** Gone, and coming back soon by all that is known. */
  | 'reconnecting'
  | 'offline';

export interface LinkFacts {
  readonly state: LinkState;
  readonly silent: boolean;
  readonly failures: number;
  readonly networkGone: boolean;
}

/** "Offline" is said as soon as it is known: a try failed, nothing answers, or the system says so. */
export function reachOf({ state, silent, failures, networkGone }: LinkFacts, everWelcomed: boolean): Reach {
  if (silent) return 'offline';
  if (state.kind === 'live') return 'live';
  // A socket that has opened is a good sign.
  if (state.kind !== 'greeting' && (failures > 0 || networkGone)) return 'offline';
  return everWelcomed || failures > 0 ? 'reconnecting' : 'starting';
}
