import { useEffect, useRef } from 'react';
import { strings } from '../strings.ts';
import type { FileDrop } from './take-file.ts';

/** Fetched when a file comes near, and with the layers: dropping works without a network too. */
export const fetchTakeFile = () => import('./take-file.ts');

/** A file dropped anywhere on the page: fills an empty room, else comes in where it was dropped. */
export function useFileDrop(drop: FileDrop): void {
  const latest = useRef(drop);
  useEffect(() => {
    latest.current = drop;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      // A head start only: the drop asks again.
      fetchTakeFile().catch(() => undefined);
    };
    const dropped = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      // Before the editor, which would read the file in its own way, and before the browser, which would open it.
      event.preventDefault();
      event.stopPropagation();
      const at = { x: event.clientX, y: event.clientY };
      fetchTakeFile()
        .then(({ takeFile }) => takeFile(latest.current, file, at))
        .catch(() => latest.current.onRefused(strings.notice.dropFailed));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', dropped, true);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', dropped, true);
    };
  }, []);
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
