import { useEffect } from 'react';
import { prefetchParts } from '../ui/lazy-part.tsx';
import { fetchDownload } from './fetch-download.ts';
import { fetchTakeFile } from './use-file-drop.ts';

/** Long after the page is usable, so that it slows nothing; soon enough for a train that enters a tunnel. */
const PREFETCH_MS = 5_000;

/** Brings what is fetched on demand into the page in time, because offline is when StatusDetails matters most. */
export function usePrefetch(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      prefetchParts();
      fetchTakeFile().catch(() => undefined);
      fetchDownload().catch(() => undefined);
    }, PREFETCH_MS);
    return () => clearTimeout(timer);
  }, []);
}
