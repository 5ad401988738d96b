'use client';

import { Check } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';

/** How long a toast stays. */
const TOAST_MS = 4000;

/** One short confirmation at a time, at the bottom. Never for errors about text: those are notices. */
export function useToast(): { toast: string | null; say: (words: string) => void } {
  const [shown, setShown] = useState<{ words: string } | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), TOAST_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const say = useCallback((words: string) => setShown({ words }), []);
  return { toast: shown?.words ?? null, say };
}

export function Toast({ words }: { words: string | null }) {
  return (
    // The region is there before the words, or screen readers would not hear of them.
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-14 z-30 flex justify-center">
      {words !== null && (
        <div className="flex items-center gap-2.25 rounded-sm bg-ink px-3.5 py-2.25 text-md font-medium text-canvas shadow-2">
          <Check size={16} aria-hidden="true" />
          {words}
        </div>
      )}
    </div>
  );
}
