import type { ValueStore } from '../ui/value-store.ts';
import type { ChatStore } from './chat-store.ts';
import { rememberUnsent, unsentIn } from './unsent.ts';

/** Before the id of a message that the server has not acknowledged. */
const SAID = 'said:';
const BEING_WRITTEN = 'chat';

interface Kept {
  store: Pick<ChatStore, 'say' | 'view' | 'subscribe'>;
  draft: ValueStore<{ text: string; quote: string | null }>;
}

/**
 * Brings back what a closed tab left unsent, and keeps what is left unsent from now on. A message goes out under the id it
 * had, so it is not said twice if it was there already, nor if two tabs do this at once. What it quoted is not kept.
 */
export function keepUnsent(token: string, { store, draft }: Kept): void {
  const kept = unsentIn(token);
  draft.set({ text: kept[BEING_WRITTEN] ?? '', quote: null });
  const waiting = () => new Map(store.view().waiting.map(({ id, text }) => [id, text]));
  for (const [place, text] of Object.entries(kept)) {
    if (place.startsWith(SAID)) store.say(text, null, place.slice(SAID.length));
  }
  let known = waiting();
  draft.subscribe(() => rememberUnsent(token, BEING_WRITTEN, draft.get().text));
  store.subscribe(() => {
    const now = waiting();
    for (const id of known.keys()) if (!now.has(id)) rememberUnsent(token, SAID + id, '');
    for (const [id, text] of now) if (!known.has(id)) rememberUnsent(token, SAID + id, text);
    known = now;
  });
}
