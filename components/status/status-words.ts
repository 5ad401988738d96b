import type { Dots, RoomView, Status } from '../../lib/client/index.ts';
import { size, strings } from '../strings.ts';

/** How the pill is drawn: quiet, brass (waiting, kept here), grey ground (reading), red (access lost). */
export type Tone = 'quiet' | 'trouble' | 'reading' | 'lost';

/** Three joined dots (this device, server, disk; `gap`: no way to the server), or a picture. */
export type Glyph =
  | { kind: 'dots'; device: boolean; received: boolean; disk: boolean; gap: boolean }
  | { kind: 'eye' }
  | { kind: 'lock' }
  | { kind: 'past' }
  | { kind: 'alert' };

export interface StatusWords {
  tone: Tone;
  glyph: Glyph;
  word: string;
  /** What stands behind the word, in normal weight; null if there is nothing to add. */
  detail: string | null;
  /** Is the word bold? Trouble is, and "Saved" right after it. */
  strong: boolean;
}

const NO_DOTS: Dots = { device: false, received: false, disk: false };
const CUT_OFF: Glyph = { kind: 'dots', device: true, received: false, disk: false, gap: true };
const SERVER_ANSWERS: Glyph = { kind: 'dots', device: true, received: true, disk: false, gap: false };

type Facts = Pick<RoomView, 'status' | 'unsaved' | 'limits' | 'dots'>;

/** LOOK's table of words: what the status says, and nothing that is not known. */
export function statusWords(view: Facts): StatusWords {
  const { status, unsaved } = view;
  const t = strings.status;
  switch (status.kind) {
    case 'ready':
      return quiet(dots(NO_DOTS), t.ready);
    case 'saved':
      return quiet(dots(view.dots), t.saved);
    case 'device':
      return quiet(dots(view.dots), t.device);
    case 'received':
      return quiet(dots(view.dots), t.received);
    case 'offline':
      return trouble(CUT_OFF, t.offline, unsaved > 0 ? t.charactersKept(unsaved) : null);
    case 'reconnecting':
      return trouble(CUT_OFF, t.reconnecting, unsaved > 0 ? t.kept(unsaved) : null);
    case 'catchingUp':
      return trouble(SERVER_ANSWERS, t.catchingUp, unsaved > 0 ? t.toSend(unsaved) : null);
    case 'cannotWrite':
      return trouble(SERVER_ANSWERS, t.cannotWrite, unsaved > 0 ? t.kept(unsaved) : null);
    case 'view':
      return reading({ kind: 'eye' }, t.view);
    case 'locked':
      return reading({ kind: 'lock' }, t.locked);
    case 'full':
      return trouble({ kind: 'alert' }, t.full, t.limit(size(view.limits.document)));
    case 'lost':
      return {
        tone: 'lost',
        glyph: { kind: 'alert' },
        word: t.lost[status.reason],
        detail: t.textKept,
        strong: true,
      };
    default:
      return unknown(status);
  }
}

/** While the past is read. `words`: as of when. */
export function pastWords(words: string): StatusWords {
  return reading({ kind: 'past' }, words);
}

/** Is something wrong that somebody who cannot see the pill has to hear of? */
export function isTrouble(status: Status): boolean {
  switch (status.kind) {
    case 'offline':
    case 'reconnecting':
    case 'cannotWrite':
    case 'full':
    case 'lost':
      return true;
    case 'ready':
    case 'saved':
    case 'device':
    case 'received':
    case 'catchingUp':
    case 'view':
    case 'locked':
      return false;
    default:
      return unknown(status);
  }
}

function quiet(glyph: Glyph, word: string): StatusWords {
  return { tone: 'quiet', glyph, word, detail: null, strong: false };
}

function reading(glyph: Glyph, word: string): StatusWords {
  return { tone: 'reading', glyph, word, detail: null, strong: false };
}

function trouble(glyph: Glyph, word: string, detail: string | null): StatusWords {
  return { tone: 'trouble', glyph, word, detail, strong: true };
}

/** The dots turn at once, the word 0.6 s later: so they follow `dots`, not the status. */
function dots({ device, received, disk }: Dots): Glyph {
  return { kind: 'dots', device, received: received || disk, disk, gap: false };
}

function unknown(status: never): never {
  throw new Error(`No words for the status ${JSON.stringify(status)}`);
}
