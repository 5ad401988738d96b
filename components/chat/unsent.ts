import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';

const UNSENT_KEY = 'tandem:unsent';
/** More rooms than anybody leaves words in; those written in longest ago are forgotten first. */
const MOST_ROOMS = 100;

/** What was being written in a room, and what waits to be sent, by where: `chat`, `said:<id>`, `thread:<id>`, `passage:<words>`. */
export type Unsent = Readonly<Record<string, string>>;

/** What this browser keeps of a room's unsent words. */
export function unsentIn(token: string): Unsent {
  const room = stored()[token];
  if (!isRecord(room)) return {};
  return Object.fromEntries(Object.entries(room).filter((one): one is [string, string] => typeof one[1] === 'string'));
}

/** Keeps words that are not sent yet, so that a closed tab does not lose them; none forgets them. */
export function rememberUnsent(token: string, place: string, words: string): void {
  const { [place]: before = '', ...rest } = unsentIn(token);
  if (before === words) return;
  const room = words === '' ? rest : { ...rest, [place]: words };
  const { [token]: _, ...others } = stored();
  const kept = Object.entries(others).slice(1 - MOST_ROOMS);
  writeStored(UNSENT_KEY, Object.fromEntries(Object.keys(room).length === 0 ? kept : [...kept, [token, room]]));
}

function stored(): Readonly<Record<string, unknown>> {
  const all = readStored(UNSENT_KEY);
  return isRecord(all) ? all : {};
}
