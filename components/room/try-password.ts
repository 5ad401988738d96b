import { isRecord } from '../ui/browser-store.ts';
import { withBase } from '../ui/base-path.ts';
import { passwordHeader } from './kept-password.ts';

/** What came of a password. */
export type Tried =
  | { kind: 'right'; title: string; language: string }
  | { kind: 'wrong' }
  /** Not looked at: too many were wrong before. */
  | { kind: 'slowed'; seconds: number }
  /** The link means something else by now: the page has to be asked for again. */
  | { kind: 'changed' }
  | { kind: 'unreachable' };

/** How long to wait if the server does not say, in seconds. */
const USUAL_WAIT = 10;

/** Asks the server whether `password` opens the link. */
export async function tryPassword(token: string, password: string): Promise<Tried> {
  let response: Response;
  try {
    response = await fetch(withBase(`/api/rooms/${token}`), { cache: 'no-store', headers: passwordHeader(password) });
  } catch {
    return { kind: 'unreachable' };
  }
  switch (response.status) {
    case 200:
      return right(await response.json().catch(() => null));
    case 401:
      return { kind: 'wrong' };
    case 429:
      return { kind: 'slowed', seconds: waitOf(response.headers.get('Retry-After')) };
    case 403:
    case 404:
      return { kind: 'changed' };
    default:
      return { kind: 'unreachable' };
  }
}

function right(facts: unknown): Tried {
  const { title, language } = isRecord(facts) ? facts : {};
  return {
    kind: 'right',
    title: typeof title === 'string' ? title : '',
    language: typeof language === 'string' ? language : '',
  };
}

function waitOf(header: string | null): number {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : USUAL_WAIT;
}
