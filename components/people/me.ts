import { COLORS, MAX_NAME, guestName, toLabel } from '../../lib/client/index.ts';
import { isRecord, readStored, writeStored } from '../ui/browser-store.ts';
import { randomToken } from '../ui/tokens.ts';

/** Who the person at this browser is, in every room. */
export interface Me {
  /** Public random id of the browser, so that one person's tabs show as one. */
  person: string;
  name: string;
  /** Index 1–12 of the author colours. */
  color: number;
}

const ME_KEY = 'tandem:me';

/** Reads who I am, or makes a guest and remembers it. */
export function whoAmI(): Me {
  const stored = readStored(ME_KEY);
  if (isRecord(stored)) {
    const { person, name, color } = stored;
    if (typeof person === 'string' && person !== '' && typeof name === 'string' && name !== '' && isColor(color)) {
      return { person: person.slice(0, 64), name: cleanName(name) ?? guestName(Math.random), color };
    }
  }
  const guest: Me = {
    person: randomToken(),
    name: guestName(Math.random),
    color: 1 + Math.floor(Math.random() * COLORS),
  };
  writeStored(ME_KEY, guest);
  return guest;
}

export function rememberMe(me: Me): void {
  writeStored(ME_KEY, me);
}

/** A name as it may be given, the same that the server will make of it; null if nothing is left to be seen. */
export function cleanName(typed: string): string | null {
  const name = toLabel(typed, MAX_NAME);
  return name === '' ? null : name;
}

function isColor(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= COLORS;
}
