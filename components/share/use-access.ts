import { useCallback, useEffect, useRef, useState } from 'react';
import { faultWords, readAccess, type RoomAccess } from './links-api.ts';

/** What is known of the room's links; `slow` once loading takes long enough to be worth words. */
export type Known =
  { kind: 'loading'; slow: boolean } | { kind: 'failed'; words: string } | { kind: 'known'; access: RoomAccess };

export interface Access {
  known: Known;
  /** Asks again; what is known stays until the answer is there. */
  reload: () => Promise<void>;
}

/** Before that, words would only flicker. In ms. */
const SLOW_MS = 400;
/** Who is in by which link changes by itself. In ms. */
const AGAIN_MS = 5_000;

/** The room's links as the server has them, for as long as somebody looks at them. Nothing is asked without an owner token. */
export function useAccess(owner: string | null): Access {
  const [known, setKnown] = useState<Known>({ kind: 'loading', slow: false });
  /** Answers may overtake each other: only the newest question's counts. */
  const asked = useRef(0);
  const reload = useCallback(async () => {
    if (owner === null) return;
    const mine = (asked.current += 1);
    try {
      const access = await readAccess(owner);
      if (mine === asked.current) setKnown({ kind: 'known', access });
    } catch (error) {
      const words = faultWords(error);
      // A look in between that fails takes nothing away.
      if (mine === asked.current) setKnown((before) => (before.kind === 'known' ? before : { kind: 'failed', words }));
    }
  }, [owner]);
  useEffect(() => {
    if (owner === null) return;
    void reload();
    const slow = setTimeout(
      () => setKnown((now) => (now.kind === 'loading' ? { kind: 'loading', slow: true } : now)),
      SLOW_MS,
    );
    const again = setInterval(() => void reload(), AGAIN_MS);
    return () => {
      // The answer that is under way comes too late.
      asked.current += 1;
      clearTimeout(slow);
      clearInterval(again);
    };
  }, [owner, reload]);
  return { known, reload };
}
