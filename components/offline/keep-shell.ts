import { withBase } from '../ui/base-path.ts';

/** After the page has all that it needs for itself, in ms. */
const LATER_MS = 3_000;

/**
 * Has the service worker keep what the page is made of, so that `/` and rooms open without a network (public/sw.js).
 * Only where browsers allow it (https, localhost) and in the built product, whose files never change under their names. To
 * be called while the server can be reached. Returns how to stop before it began.
 */
export function keepShell(): () => void {
  // Absent on plain http, whatever the types say.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  // oxlint-disable-next-line node/no-process-env -- the bundler puts the word itself here
  if (workers === undefined || process.env.NODE_ENV !== 'production') return () => undefined;
  const timer = setTimeout(() => {
    register(workers).catch(() => {
      // Blocked by a setting, or offline: the page works without, and asks again with the next visit.
    });
  }, LATER_MS);
  return () => clearTimeout(timer);
}

async function register(workers: ServiceWorkerContainer): Promise<void> {
  await workers.register(withBase('/sw.js'), { updateViaCache: 'none' });
  const { active } = await workers.ready;
  // What was loaded before the worker was there, or in parts that a fresh visit fetches only when they are used.
  active?.postMessage({ keep: loadedFiles() });
}

function loadedFiles(): string[] {
  const { origin } = window.location;
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${origin}${withBase('/_next/static/')}`));
}
