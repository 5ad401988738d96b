import type { SeededRandom } from '../../lib/testing/index.ts';
import { weirdText, weirdValue } from './weird.ts';

/** A message before it is text. */
export type Draft = Record<string, unknown>;

const FIELDS = ['t', 'seq', 'rev', 'op', 'ranges', 'name', 'color', 'token', 'client', 'create', 'epoch', 'v', 'at'];
const TYPES = [
  'hello',
  'op',
  'cursor',
  'me',
  'room',
  'ping',
  'mismatch',
  'welcome',
  'ops',
  'chat',
  'writing',
  'constructor',
];
/** What a `seq` or `rev` is moved by: one off, some off, far off. */
const STEPS = [-1, 1, -1, 1, 2, -2, 7, -100, 1_000, 2 ** 40];

/** Knows what a message looks like and breaks one thing, sometimes two. The result is the text of a frame. */
export function mutate(random: SeededRandom, message: Draft): string {
  const draft = structuredClone(message);
  for (let left = 1 + random.int(2); left > 0; left--) {
    switch (random.int(9)) {
      case 0:
        delete draft[random.pick(Object.keys(draft).concat('t'))];
        break;
      case 1:
        draft[random.pick(FIELDS)] = weirdValue(random);
        break;
      case 2:
        draft['t'] = random.pick(TYPES);
        break;
      case 3:
        shift(random, draft, random.pick(['seq', 'rev', 'at', 'color', 'v']));
        break;
      case 4:
      case 5:
        if (Array.isArray(draft['op'])) draft['op'] = mutateList(random, draft['op']);
        else replaceSomewhere(random, draft);
        break;
      case 6:
        replaceSomewhere(random, draft);
        break;
      case 7:
        return garble(random, JSON.stringify(draft));
      default:
        return random.int(3) === 0 ? weirdText(random) : garble(random, JSON.stringify(draft));
    }
  }
  return JSON.stringify(draft);
}

function shift(random: SeededRandom, draft: Draft, field: string): void {
  const value = draft[field];
  if (typeof value === 'number') draft[field] = value + random.pick(STEPS);
}

/** One field, or one item inside of one. */
function replaceSomewhere(random: SeededRandom, draft: Draft): void {
  const field = random.pick(Object.keys(draft).concat('t'));
  const value = draft[field];
  if (Array.isArray(value) && random.int(2) === 0) draft[field] = mutateList(random, value);
  else draft[field] = weirdValue(random);
}

/** An op or a list of ranges with an item too many, too few, doubled, moved or strange. */
function mutateList(random: SeededRandom, list: readonly unknown[]): unknown[] {
  const copy = [...list];
  const at = random.int(copy.length + 1);
  switch (random.int(7)) {
    case 0:
      copy.splice(at, 1);
      break;
    case 1:
      copy.splice(at, 0, weirdValue(random));
      break;
    case 2:
      copy.splice(at, 0, copy[Math.max(0, at - 1)]);
      break;
    case 3:
      copy.reverse();
      break;
    case 4:
      copy.push(1 + random.int(50));
      break;
    case 5:
      copy.push(-1 - random.int(5_000));
      break;
    default:
      copy[at] = typeof copy[at] === 'number' ? copy[at] + random.pick(STEPS) : weirdValue(random);
  }
  return copy;
}

/** Bytes lost, doubled, changed or swapped on the way. */
function garble(random: SeededRandom, text: string): string {
  const at = random.int(text.length + 1);
  switch (random.int(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(random.int(random.int(4) === 0 ? 0x10000 : 0x80)) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.int(3));
    case 3:
      return (
        text.slice(0, at) + random.pick(['"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e9']) + text.slice(at + 1)
      );
    default:
      return text + text.slice(at);
  }
}
