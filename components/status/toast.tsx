'use client';

import { Check } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ToastAction } from '../room/room-tools.ts';

/** How long a toast stays. */
const TOAST_MS = 4000;
/** The same with something to press in it. */
const ACTION_MS = 8000;

export interface Toasted {
  words: string;
  action?: ToastAction | undefined;
}

/** One short confirmation at a time, at the bottom. Never for errors about text: those are notices. */
export function useToast(): { toast: Toasted | null; say: (words: string, action?: ToastAction) => void } {
  const [shown, setShown] = useState<Toasted | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), shown.action === undefined ? TOAST_MS : ACTION_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const say = useCallback((words: string, action?: ToastAction) => {
    const once = action && {
      words: action.words,
      run: () => {
        setShown(null);
        action.run();
      },
    };
    setShown({ words, action: once });
  }, []);
  return { toast: shown, say };
}

export function Toast({ toast }: { toast: Toasted | null }) {
  return (
    // The region is there before the words, or screen readers would not hear of them.
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-14 z-30 flex justify-center">
      {toast !== null && (
        <div className="flex items-center gap-2.25 rounded-sm bg-ink px-3.5 py-2.25 text-md font-medium text-canvas shadow-2">
          <Check size={16} aria-hidden="true" />
          {toast.words}
          {toast.action !== undefined && (
            <button type="button" onClick={toast.action.run} className="pointer-events-auto font-bold underline">
              {toast.action.words}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
