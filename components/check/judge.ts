import { checkStrings as t } from './check-strings.ts';
import { size } from '../strings.ts';
import type { Keeping, Measured, Pages, Sockets } from './measure.ts';

export interface Finding {
  id: string;
  name: string;
  state: 'good' | 'warn' | 'bad';
  words: string;
}

export interface Measurements {
  pages: Measured<Pages>;
  sockets: Measured<Sockets>;
  keeping: Keeping;
  /** What the browser says of its network. */
  online: boolean;
  /** Origin and base path of this page. */
  here: string;
}

/** From here on, in ms, what others type comes noticeably late. */
const SLOW_MS = 400;
/** A proxy that holds answers back does so until all of it is there. */
const HELD_MS = 200;
const CLOCK_MS = 30_000;
/** A few long texts, in bytes. */
const LITTLE_SPACE = 20 * 1024 * 1024;

/** What the measurements mean, the worst first. */
export function judge({ pages, sockets, keeping, online, here }: Measurements): Finding[] {
  const findings: Finding[] = [];
  const add = (id: string, name: string, state: Finding['state'], words: string) =>
    findings.push({ id, name, state, words });
  if (pages.kind === 'failed') {
    add('pages', t.pages.name, 'bad', online ? t.pages.bad(pages.why) : t.pages.offline);
  } else {
    const trip = Math.ceil(pages.roundTrip);
    if (trip > SLOW_MS) add('pages', t.pages.name, 'warn', t.pages.slow(trip));
    else add('pages', t.pages.name, 'good', t.pages.good(trip));
    const held = pages.sentSpread - pages.spread;
    if (held > HELD_MS) add('buffering', t.buffering.name, 'warn', t.buffering.bad(Math.round(held)));
    else add('buffering', t.buffering.name, 'good', t.buffering.good);
    if (pages.base === here) add('address', t.address.name, 'good', t.address.good(here));
    else add('address', t.address.name, 'bad', t.address.bad(pages.base, here));
    const isWrong = Math.abs(pages.clockAhead) > CLOCK_MS;
    const seconds = Math.round(pages.clockAhead / 1_000);
    const wrong = seconds > 0 ? t.clock.behind(seconds) : t.clock.ahead(-seconds);
    add('clock', t.clock.name, isWrong ? 'warn' : 'good', isWrong ? wrong : t.clock.good);
  }
  if (sockets.kind === 'measured') {
    const words = t.sockets.good(Math.ceil(sockets.opened), Math.ceil(sockets.roundTrip));
    add('sockets', t.sockets.name, 'good', words);
  } else {
    add('sockets', t.sockets.name, 'bad', sockets.why === 'silent' ? t.sockets.silent : t.sockets.bad);
  }
  const { journal, free, secure } = keeping;
  add('journal', t.journal.name, journal ? 'good' : 'bad', journal ? t.journal.good : t.journal.bad);
  if (free === null) add('space', t.space.name, 'good', t.space.unknown);
  else if (free < LITTLE_SPACE) add('space', t.space.name, 'warn', t.space.bad(size(free)));
  else add('space', t.space.name, 'good', t.space.good(size(free)));
  add('secure', t.secure.name, secure ? 'good' : 'warn', secure ? t.secure.good : t.secure.bad);
  return findings.toSorted((a, b) => BADNESS[b.state] - BADNESS[a.state]);
}

const BADNESS = { good: 0, warn: 1, bad: 2 };

/** The worst of all findings. */
export function verdictOf(findings: readonly Finding[]): Finding['state'] {
  return findings.reduce<Finding['state']>(
    (worst, { state }) => (BADNESS[state] > BADNESS[worst] ? state : worst),
    'good',
  );
}
