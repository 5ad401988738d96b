import { askWho, type Hold, type Question } from './ask-who.ts';

/**
 * Becomes the only page of this browser that is `client`; null if another page is. `waitMs`: how long the other page may
 * take to go, for a page that is being reloaded lets go a moment after the next one begins.
 *
 * The browser itself keeps the locks, and frees them when a page dies in whatever way. Plain http pages have none; they
 * ask each other instead (ask-who.ts), which is weaker: a page that the system has frozen cannot answer.
 */
export async function tryHold(client: string, waitMs = 0): Promise<Hold | null> {
  return hasLocks() ? lockHold(`tandem:${client}`, waitMs) : askForHold(client);
}

/** Does the browser keep locks for this page? Not on plain http, whatever the types say. */
export function hasLocks(): boolean {
  return (navigator.locks as LockManager | undefined) !== undefined;
}

function lockHold(name: string, waitMs: number): Promise<Hold | null> {
  return new Promise((resolve) => {
    const options: LockOptions = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
    navigator.locks
      .request(name, options, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve({ release }));
      })
      // The wait is over, or the browser gives no locks to this page: either way it is not ours.
      .catch(() => resolve(null));
  });
}

let question: Question | null = null;

async function askForHold(client: string): Promise<Hold | null> {
  // Without even that (very old browsers) nobody takes over anything.
  if (typeof BroadcastChannel === 'undefined') return null;
  question ??= askWho(new BroadcastChannel('tandem'), setTimeout, watchAwakening, () => window.location.reload());
  return question.claim(client);
}

/** A page that was frozen may have been taken for dead meanwhile. */
function watchAwakening(awake: () => void): void {
  document.addEventListener('resume', awake);
  window.addEventListener('pageshow', awake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') awake();
  });
}
