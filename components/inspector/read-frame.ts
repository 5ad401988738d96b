import { isRecord } from '../ui/browser-store.ts';
import { inspectorStrings as t } from './inspector-strings.ts';

/** What the table says of one frame. */
export interface ReadFrame {
  kind: string;
  /** Empty where the frame has none. */
  rev: number | null;
  content: string;
  /** Answers the frame with the same word that went the other way: an op's `seq`, a ping's time. */
  asks: string | null;
  answers: readonly string[];
}

/** What the frame is about, for who reads along; `you`: our own author number, `nameOf` another one's name. */
export function readFrame(text: string, you: number | null, nameOf: (author: number) => string): ReadFrame {
  const message = parse(text);
  const kind = typeof message['t'] === 'string' ? message['t'] : '?';
  const rev = typeof message['rev'] === 'number' ? message['rev'] : null;
  const common = { kind, rev, asks: null, answers: [] };
  switch (kind) {
    case 'op':
      return {
        ...common,
        asks: `op ${String(message['seq'])}`,
        content: `${short(message['op'])} seq ${String(message['seq'])}`,
      };
    case 'ops': {
      const entries = Array.isArray(message['ops']) ? message['ops'].filter(Array.isArray) : [];
      const own = entries.filter(([author]) => author === you).map(([, seq]) => String(seq));
      const words = entries.map(([author, seq, op]) =>
        author === you ? t.ackOf(String(seq)) : `${nameOf(Number(author))} ${short(op)}`,
      );
      return { ...common, answers: own.map((seq) => `op ${seq}`), content: words.join(' · ') };
    }
    case 'ack':
      return { ...common, answers: [`op ${String(message['seq'])}`], content: t.ackOf(String(message['seq'])) };
    case 'ping':
      return { ...common, asks: `ping ${String(message['at'])}`, content: '' };
    case 'pong':
      return { ...common, answers: [`ping ${String(message['at'])}`], content: '' };
    case 'cursor': {
      const author = message['author'];
      const who = typeof author === 'number' ? `${nameOf(author)} ` : '';
      return { ...common, content: `${who}${short(message['ranges'])}` };
    }
    case 'hello':
    case 'welcome': {
      const whole = message['text'];
      const units = typeof whole === 'string' ? ` ${t.units(whole.length)}` : '';
      return { ...common, content: `${short(without(message, [...HEAD, ...SECRET]))}${units}` };
    }
    default:
      return { ...common, content: short(without(message, HEAD)) };
  }
}

/** What has a column of its own. */
const HEAD = ['t', 'rev'];
/** Whoever copies the report gives no key and no text away; limits are only long. */
const SECRET = ['token', 'client', 'password', 'create', 'text', 'limits'];

function without(message: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !names.includes(name)));
}

/** A row shows no more than this many UTF-16 units. */
const MOST_UNITS = 300;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text === '{}' ? '' : text.length > MOST_UNITS ? `${text.slice(0, MOST_UNITS)}…` : text;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    // Not ours, and shown as what it is: nothing known.
    return {};
  }
}
