import { useCallback, useEffect, useState } from 'react';
import { adminApi, AdminFault, type AdminPage } from './admin-api.ts';
import { adminStrings } from './admin-strings.ts';
import { keepToken, keptToken } from './admin-token.ts';

export interface Admin {
  /** Null: it has to be said. */
  token: string | null;
  page: AdminPage | null;
  /** Is this another page than the first? */
  isLater: boolean;
  busy: boolean;
  /** Why the last thing was not done, or what came of it; empty if there is nothing to say. */
  fault: string;
  news: string;
  enter: (token: string) => void;
  leave: () => void;
  /** Null: the first page. */
  turn: (after: string | null) => void;
  act: (run: (token: string) => Promise<string>) => void;
}

/** The keeper's list of rooms, one page of it at a time, and what is done to them. */
export function useAdmin(): Admin {
  const [token, setToken] = useState<string | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [page, setPage] = useState<AdminPage | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [news, setNews] = useState('');

  const leave = useCallback(() => {
    keepToken(null);
    setToken(null);
    setPage(null);
    setAfter(null);
    setNews('');
  }, []);
  const failed = useCallback(
    (error: unknown) => {
      if (error instanceof AdminFault && error.kind === 'token') leave();
      setFault(error instanceof AdminFault ? error.message : adminStrings.token.failed);
    },
    [leave],
  );
  const load = useCallback(
    async (by: string, from: string | null) => {
      setBusy(true);
      try {
        setPage(await adminApi.rooms(by, from));
        setFault('');
        setToken(by);
        setAfter(from);
        keepToken(by);
      } catch (error) {
        failed(error);
      } finally {
        setBusy(false);
      }
    },
    [failed],
  );
  useEffect(() => {
    const kept = keptToken();
    if (kept !== null) void load(kept, null);
  }, [load]);

  const act = (run: (token: string) => Promise<string>) => {
    if (token === null) return;
    setBusy(true);
    setFault('');
    run(token)
      .then((said) => {
        setNews(said);
        return load(token, after);
      })
      .catch(failed)
      .finally(() => setBusy(false));
  };
  return {
    token,
    page,
    isLater: after !== null,
    busy,
    fault,
    news,
    enter: (said) => void load(said, null),
    leave: () => {
      setFault('');
      leave();
    },
    turn: (to) => {
      setNews('');
      if (token !== null) void load(token, to);
    },
    act,
  };
}
