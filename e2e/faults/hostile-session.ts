import { randomEdit } from '../harness/random-edit.ts';
import type { Op, TextLike } from '../../lib/ot/index.ts';
import { encodeCompactOp } from '../../lib/protocol/index.ts';
import type { SeededRandom } from '../../lib/testing/index.ts';
import { mutate, type Draft } from './mutate.ts';

/** What a session has learnt from its `welcome`, and may be behind. */
export interface Facts {
  rev: number;
  epoch: string;
  text: TextLike;
}

/** The next thing it does to its socket. `wait`: nothing, until it is closed. `leave`: without a goodbye. */
export type Step =
  { kind: 'text'; frame: string } | { kind: 'binary'; frame: Buffer } | { kind: 'wait' } | { kind: 'leave' };

/** Links that a hostile client may have, or guess. */
export interface Targets {
  /** Rooms that honest people are in. */
  shared: readonly string[];
  /** A link that may only read. */
  view: string;
  /** Names that anybody can guess. */
  names: readonly string[];
  freshToken: () => string;
}

/** Messages of one session; some say goodbye at once, some go on for long. */
const MOST_STEPS = 14;
/** What it goes by before it was welcomed. */
const NOTHING: Facts = { rev: 0, epoch: '', text: '' };
const LANGUAGES = ['Markdown', 'Python', 'x'.repeat(60), ''];

/**
 * A session that begins as a valid one: each message fits what the server has told, and then, with this session's own
 * malice, some are dropped, said twice, said in another order, or broken.
 */
export class HostileSession {
  readonly #random: SeededRandom;
  readonly #targets: Targets;
  readonly #client: string;
  /** One in so many messages is touched; some sessions are nearly honest, and get deep. */
  readonly #maliceOneIn: number;
  /** Never says anything. */
  readonly #silent: boolean;
  /** Its edits are binary. */
  readonly #isCompact: boolean;
  #left: number;
  #seq = 0;
  #greeted = false;
  #held: string | null = null;
  #again: string | null = null;

  /** `isCompact`: its socket has chosen `COMPACT_SUBPROTOCOL`. */
  constructor(random: SeededRandom, targets: Targets, isCompact = false) {
    this.#random = random;
    this.#targets = targets;
    this.#isCompact = isCompact;
    this.#client = targets.freshToken();
    this.#maliceOneIn = random.pick([1, 2, 4, 8, 30]);
    this.#silent = random.int(50) === 0;
    this.#left = random.int(MOST_STEPS);
  }

  /** `facts`: null until it was welcomed. */
  next(facts: Facts | null): Step {
    if (this.#silent) return { kind: 'wait' };
    if (this.#left-- <= 0) return { kind: 'leave' };
    const again = this.#again;
    this.#again = null;
    if (again !== null) return { kind: 'text', frame: again };
    const message = this.#greeted ? this.#valid(facts ?? NOTHING) : this.#hello(facts);
    const isTouched = this.#random.int(this.#maliceOneIn) === 0;
    if (this.#isCompact && message['t'] === 'op' && (!isTouched || this.#random.int(2) === 0)) {
      return { kind: 'binary', frame: isTouched ? this.#mangled(message) : compact(message) };
    }
    if (!isTouched) return { kind: 'text', frame: JSON.stringify(message) };
    return this.#malice(message);
  }

  #malice(message: Draft): Step {
    const random = this.#random;
    switch (random.int(12)) {
      case 0:
        return { kind: 'binary', frame: Buffer.from([0, 1, 2]) };
      case 1:
        // Dropped: what follows does not fit.
        return { kind: 'text', frame: '{"t":"ping","at":0}' };
      case 2:
        this.#again = JSON.stringify(message);
        return { kind: 'text', frame: this.#again };
      case 3: {
        // Swapped with the next one that is swapped.
        const held = this.#held ?? '{"t":"cursor","rev":0,"ranges":[]}';
        this.#held = JSON.stringify(message);
        return { kind: 'text', frame: held };
      }
      default:
        return { kind: 'text', frame: mutate(random, message) };
    }
  }

  /** Some bytes changed, added, or taken away. */
  #mangled(message: Draft): Buffer {
    const random = this.#random;
    const bytes = [...compact(message)];
    for (let edits = random.int(4); edits >= 0; edits--) {
      bytes.splice(random.int(bytes.length + 1), random.int(3), ...(random.int(2) === 0 ? [random.int(256)] : []));
    }
    return Buffer.from(bytes);
  }

  #hello(facts: Facts | null): Draft {
    const { shared, view, names, freshToken } = this.#targets;
    const random = this.#random;
    this.#greeted = true;
    const hello: Draft = { t: 'hello', v: 1, token: random.pick(shared), client: this.#client };
    if (random.int(3) === 0) hello['name'] = 'Mallory';
    if (random.int(3) === 0) hello['color'] = 1 + random.int(12);
    if (random.int(5) === 0) Object.assign(hello, { rev: random.int(50), epoch: facts?.epoch ?? freshToken() });
    switch (random.int(8)) {
      case 0:
        return { ...hello, token: view };
      case 1:
        return { ...hello, token: random.pick(names) };
      case 2:
        return { ...hello, token: freshToken(), create: { owner: freshToken(), view: freshToken() } };
      case 3:
        return { ...hello, token: freshToken() };
      default:
        return hello;
    }
  }

  #valid({ rev, text }: Facts): Draft {
    const random = this.#random;
    switch (random.int(10)) {
      case 0:
        return { t: 'ping', at: random.int(1_000_000) };
      case 1: {
        const anchor = random.int(text.length + 1);
        return { t: 'cursor', rev, ranges: [[anchor, random.int(text.length + 1)]] };
      }
      case 2:
        return { t: 'me', name: random.pick(['Eve', 'Mallory', ' ']), color: 1 + random.int(12) };
      case 3:
        return { t: 'room', title: random.pick(['Mine', 'Yours', '']), language: random.pick(LANGUAGES) };
      case 4:
        return { t: 'mismatch', rev, hash: '0badcafe' };
      default:
        this.#seq += 1;
        return { t: 'op', seq: this.#seq, rev, op: randomEdit(random, text) };
    }
  }
}

/** An edit that `#valid` has made. */
function compact({ seq, rev, op }: Draft): Buffer {
  return Buffer.from(encodeCompactOp({ t: 'op', seq: Number(seq), rev: Number(rev), op: op as Op }));
}
