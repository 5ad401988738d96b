import type { RoomClient, RoomView } from '../../lib/client/index.ts';

/** How often counts are drawn while somebody writes, in ms. */
const COUNTS_MS = 200;

/** What changes with everything that anybody writes; the page is not drawn anew for each. */
const COUNTS: ReadonlySet<string> = new Set(['rev', 'unsaved', 'dots']);

/**
 * As `client.subscribe`, for whoever draws the whole page: what is news is told at once, and what only counts, a few times in a
 * second. That something is not saved any more is news; a page that cannot keep it hears of every letter.
 */
export function subscribeCalmly(client: RoomClient): (listener: () => void) => () => void {
  return (listener) => {
    let told = client.view();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      told = client.view();
      listener();
    };
    const stop = client.subscribe(() => {
      if (isNews(told, client.view())) tell();
      else timer ??= setTimeout(tell, COUNTS_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  };
}

/** Is there more between the two than counts? */
export function isNews(told: RoomView, now: RoomView): boolean {
  if (now.unsaved > 0 && (told.unsaved === 0 || now.journal !== 'ok')) return true;
  const before = new Map<string, unknown>(Object.entries(told));
  return Object.entries(now).some(([key, value]) => !COUNTS.has(key) && !Object.is(before.get(key), value));
}
