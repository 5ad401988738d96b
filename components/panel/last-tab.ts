import type { PanelTab } from '../room/surfaces.ts';
import { readStored } from '../ui/browser-store.ts';

export const LAST_TAB_KEY = 'tandem:panel';

const NAMES: readonly PanelTab[] = ['people', 'chat', 'comments', 'outline'];

/** The tab that was open last in this browser. */
export function lastTab(): PanelTab {
  const stored = readStored(LAST_TAB_KEY);
  return NAMES.find((name) => name === stored) ?? 'chat';
}
