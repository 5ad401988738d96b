import { readStored, writeStored } from '../ui/browser-store.ts';

const RECENT_KEY = 'tandem:actions';
/** As many as fit above everything else without pushing it away. */
const MOST = 5;

/** The ids of the actions that were run last in this browser, newest first. */
export function recentActions(): readonly string[] {
  const stored = readStored(RECENT_KEY);
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MOST) : [];
}

export function rememberAction(id: string): void {
  writeStored(RECENT_KEY, [id, ...recentActions().filter((one) => one !== id)].slice(0, MOST));
}
