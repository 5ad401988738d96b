import type { Environment } from '../../lib/client/index.ts';
import type { Me } from '../people/me.ts';

/** The room on the screen comes first, and a browser that restores its tabs gets time to do so. In ms. */
const BEGIN_MS = 3_000;
/** Another tab may have died meanwhile; a look costs reading a few small rows. In ms. */
const AGAIN_MS = 15_000;

/**
 * Sends what pages that are gone have left unsent, in any room: each under its own client id, so exactly once. To be run
 * while the server can be reached. Returns how to stop.
 */
export function sendOrphansAgainAndAgain(me: Me, environment: () => Environment): () => void {
  const stopped = new AbortController();
  let timer = setTimeout(look, BEGIN_MS);
  function look(): void {
    // Its code comes when it is used, for most pages have nothing to send.
    import('./orphans.ts')
      .then(({ sendOrphans }) => sendOrphans(me, environment, stopped.signal))
      // The file did not come, or a journal that cannot be read has nothing to send: the next look may do better.
      .catch(() => undefined)
      .finally(() => {
        if (!stopped.signal.aborted) timer = setTimeout(look, AGAIN_MS);
      });
  }
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
}
