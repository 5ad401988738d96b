import { useEffect, useRef, useState } from 'react';
import { keepToken, keptToken } from '../admin/admin-token.ts';
import { Board, type BoardView } from './board.ts';
import { refusesToken, watchStatus, type Watch } from './watch-status.ts';

/** The page is drawn anew this often, in ms: as often as nodes speak. */
const TICK_MS = 1_000;

export type Keeper =
  /** This server has no admin token. */
  | { kind: 'off' }
  /** `trouble`: what the server said of the last one. */
  | { kind: 'asked'; trouble: string }
  | { kind: 'in' };

export interface Status {
  view: BoardView;
  keeper: Keeper;
  say: (token: string | null) => void;
}

/** What this server's nodes do, live. */
export function useStatus(): Status {
  const [board] = useState(() => new Board());
  const [view, setView] = useState(() => board.view(0));
  const [keeper, setKeeper] = useState<Keeper>({ kind: 'off' });
  const watch = useRef<Watch | null>(null);
  const latest = useRef<string | null>(null);

  useEffect(() => {
    let isFirst = true;
    latest.current = keptToken();
    const own = watchStatus((frame) => {
      switch (frame.kind) {
        case 'welcome':
          setKeeper((now) =>
            frame.admin ? (now.kind === 'off' ? { kind: 'asked', trouble: '' } : now) : { kind: 'off' },
          );
          break;
        case 'admin':
          keepToken(latest.current);
          setKeeper({ kind: 'in' });
          break;
        case 'error':
          if (!refusesToken(frame)) break;
          keepToken(null);
          setKeeper({ kind: 'asked', trouble: frame.message });
          break;
        case 'sample':
          board.take(frame, Date.now());
          // The first numbers at once; afterwards all of a second are shown together.
          if (isFirst) setView(board.view(Date.now()));
          isFirst = false;
          break;
      }
    }, latest.current);
    watch.current = own;
    const timer = setInterval(() => {
      const now = Date.now();
      board.tick(now);
      setView(board.view(now));
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      own.stop();
    };
  }, [board]);

  const say = (token: string | null) => {
    latest.current = token;
    if (token === null) {
      keepToken(null);
      setKeeper({ kind: 'asked', trouble: '' });
    }
    watch.current?.say(token);
  };
  return { view, keeper, say };
}
