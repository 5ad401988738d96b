import { useCallback, useState } from 'react';
import { faultWords } from './links-api.ts';

export interface Act {
  busy: boolean;
  /** Why the last one was not done. */
  fault: string | null;
  act: (run: () => Promise<void>) => void;
}

/** One thing at a time that is asked of the server; if it is not done, `fault` says why, in words. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const act = useCallback((run: () => Promise<void>) => {
    setBusy(true);
    setFault(null);
    run()
      .catch((error: unknown) => setFault(faultWords(error)))
      .finally(() => setBusy(false));
  }, []);
  return { busy, fault, act };
}
