import { keptPassword, passwordHeader } from '../room/kept-password.ts';
import { withBase } from '../ui/base-path.ts';
import { isRecord } from '../ui/browser-store.ts';
import type { RunLength } from './author-runs.ts';

/** How an author is shown. */
export interface AuthorName {
  name: string;
  color: number;
}

export type AuthorNames = ReadonlyMap<number, AuthorName>;

export interface WhoWrote {
  runs: readonly RunLength[];
  authors: AuthorNames;
}

/** Who wrote each unit of the text at `rev`; null if the server cannot be reached, or does not say. */
export async function readAuthorship(token: string, rev: number): Promise<WhoWrote | null> {
  try {
    const answer = await fetch(withBase(`/api/rooms/${token}/history/authorship?rev=${rev}`), {
      cache: 'no-store',
      headers: passwordHeader(keptPassword(token)),
    });
    return answer.ok ? whoWrote(await answer.json(), rev) : null;
  } catch {
    // No network, or no JSON: whoever asked asks again later.
    return null;
  }
}

/** What the server said; null if it is not what was asked for. */
export function whoWrote(body: unknown, rev: number): WhoWrote | null {
  if (!isRecord(body) || body['rev'] !== rev) return null;
  const { runs, authors } = body;
  if (!Array.isArray(runs) || !runs.every(isRun) || !Array.isArray(authors)) return null;
  const names = new Map<number, AuthorName>();
  for (const one of authors as unknown[]) {
    if (!isRecord(one)) return null;
    const { author, name, color } = one;
    if (typeof author !== 'number' || typeof name !== 'string' || typeof color !== 'number') return null;
    names.set(author, { name, color });
  }
  return { runs, authors: names };
}

function isRun(value: unknown): value is RunLength {
  return Array.isArray(value) && value.length === 3 && value.every((one) => Number.isInteger(one) && one >= 0);
}
