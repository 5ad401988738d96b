import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { apply, checkOp, fitOp, isClean, type Op } from '../ot/index.ts';
import { randomOp } from '../ot/random-op.ts';
import { seededRandom, type SeededRandom } from '../testing/seeded-random.ts';
import { mergeUpdates, SharedText, YjsFault } from './index.ts';
import { isInsidePair } from './surrogates.ts';

/** Histories. The full run uses 20,000. */
const CASES = Number(process.env['YJS_CASES'] ?? 100);
/** Case n runs on this plus n: to see a failing seed again, set it and YJS_CASES=1. */
const SEED = Number(process.env['YJS_SEED'] ?? 1);
const STEPS = 80;

const ROOT = 'codemirror';

/** Pairs that plain offsets cut in two, line ends that must not be, and an honest U+FFFD. */
const WORDS = ['a', 'bc', ' ', '\n', 'é', '漢', '😀', '😁🤀', '👩\u200d👩\u200d👧', '\ufffd', 'xyz', '\r\n', '\r'];

/** Comes from the server, or from another tab: stock providers do not send it on. */
const ELSEWHERE = 'elsewhere';

/** A stock client: what it sends is in `outbox`, what it was told is the first `told` updates of the log. */
class Client {
  readonly doc = new Y.Doc();
  readonly text: Y.Text;
  outbox: Uint8Array[] = [];
  told = 0;
  readonly #undo: Y.UndoManager;

  constructor(id: number, keepsDeleted: boolean) {
    this.doc.gc = !keepsDeleted;
    this.doc.clientID = id;
    this.text = this.doc.getText(ROOT);
    this.#undo = new Y.UndoManager(this.text, { captureTimeout: 0 });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== ELSEWHERE) this.outbox.push(update);
    });
  }

  apply(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, ELSEWHERE);
  }

  /** One action of a user, or of a program that uses the Y.Doc for more than text. */
  act(random: SeededRandom): void {
    const { text, doc } = this;
    const at = random.int(text.length + 1);
    const span = Math.min(1 + random.int(4), text.length - at);
    switch (random.int(16)) {
      case 0:
        return text.insertEmbed(at, { image: 'a.png' });
      case 1:
        return text.insertEmbed(at, new Y.Map([['deep', new Y.Array()]]));
      case 2:
        // Formatting that changes nothing tears a pair at its ends on this side only, and nobody can know.
        if (isInsidePair(unitsOf(text), at) || isInsidePair(unitsOf(text), at + span)) return;
        return text.format(at, span, random.pick([{ bold: true }, { bold: null }]));
      case 3:
        return void doc.getMap('settings').set(random.pick(['a', 'b']), random.int(9));
      case 4:
        return doc.getArray('list').insert(0, [new Y.Text('nested\r😀')]);
      case 5:
        return text.setAttribute('lang', random.pick(['de', 'en']));
      case 6:
        return void this.#undo.undo();
      case 7:
        return void this.#undo.redo();
      case 8:
      case 9:
      case 10:
        return text.delete(at, span);
      case 11:
        return doc.transact(() => {
          text.delete(at, span);
          text.insert(at, random.pick(WORDS) + random.pick(WORDS));
          text.insert(random.int(text.length + 1), random.pick(WORDS));
        });
      default:
        return text.insert(at, random.pick(WORDS));
    }
  }
}

/** A server's Y.Doc with its text and log, one that only follows the log, and stock clients; it checks itself all the time. */
class World {
  readonly #random: SeededRandom;
  readonly #clients: Client[];
  readonly #follower: SharedText;
  shared: SharedText;
  /** What the ops lead to. */
  text = '';
  log: Uint8Array[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
    this.shared = SharedText.create(ROOT, random.next);
    this.#follower = SharedText.create(ROOT, random.next);
    // Ids below and above the server's own, because they decide ties.
    this.#clients = [1, 2 ** 31, 2 ** 32 - 1].map((id) => new Client(id, random.int(2) === 0));
  }

  step(): void {
    const client = this.#random.pick(this.#clients);
    switch (this.#random.int(10)) {
      case 0:
      case 1:
        return this.#edit();
      case 2:
      case 3:
        return this.#deliver(client);
      case 4:
        return this.#tell(client);
      case 5:
        return this.#whisper(client, this.#random.pick(this.#clients));
      case 6:
        if (this.#random.int(4) === 0) this.#reload();
        return;
      default:
        return client.act(this.#random);
    }
  }

  /** Everybody tells everything; then all have the same text. */
  settle(): void {
    for (const client of this.#clients) this.#synchronise(client);
    // Formatting makes clients tidy up what they hear, and tell that.
    for (let round = 0; round < 5; round++) {
      for (const client of this.#clients) {
        this.#tell(client);
        this.#deliver(client);
      }
    }
    for (const client of this.#clients) {
      this.#tell(client);
      same(client.text.toJSON(), this.text, 'client');
      same(client.text.length, this.text.length, 'length of the client');
    }
    const fresh = SharedText.load(ROOT, [this.shared.diff()], this.#random.next);
    same(fresh.toString(), this.text, 'loaded from the state');
  }

  #edit(): void {
    const [op, expected] = randomOp(this.#random, this.text);
    this.#logged(op, this.shared.edit(op));
    same(this.text, expected, 'edit');
  }

  /** What a client has to say arrives: one by one, merged, or twice. */
  #deliver(client: Client): void {
    const updates = client.outbox.splice(0, 1 + this.#random.int(3));
    if (updates.length === 0) return;
    const sent = this.#random.int(2) === 0 ? updates : [mergeUpdates(updates)];
    if (this.#random.int(5) === 0) sent.push(...sent);
    try {
      for (const update of sent) this.take(update);
    } catch (error) {
      // What it has whispered to it is not here yet: a stock client comes back, with everything.
      if (!(error instanceof YjsFault) || error.code !== 'gap') throw error;
      this.#synchronise(client);
    }
  }

  #synchronise(client: Client): void {
    client.outbox = [];
    this.take(Y.encodeStateAsUpdate(client.doc, this.shared.stateVector()));
    client.apply(this.shared.diff(Y.encodeStateVector(client.doc)));
    client.told = this.log.length;
  }

  /** Takes an update, and checks that it was taken exactly. */
  take(update: Uint8Array): void {
    const taken = this.shared.take(update, Infinity);
    if (taken.kind === 'edit') this.#logged(taken.op, taken.update);
    else this.#check();
  }

  #logged(op: Op, update: Uint8Array): void {
    const fault = checkOp(op, Infinity) ?? fitOp(op, this.text);
    if (fault) throw new Error(`${JSON.stringify(op)} on ${JSON.stringify(this.text)}: ${fault.message}`);
    this.text = apply(this.text, op);
    this.log.push(update);
    this.#follower.follow(update);
    this.#check();
  }

  #check(): void {
    same(this.shared.toString(), this.text, 'shared text');
    same(this.shared.length, this.text.length, 'length of the shared text');
    same(this.#follower.toString(), this.text, 'follower');
    same(this.#follower.length, this.text.length, 'length of the follower');
    if (!isClean(this.text)) throw new Error(`unclean: ${JSON.stringify(this.text)}`);
  }

  /** Tells a client what it was not told yet: all of it in one frame, or one by one, or from a little before. */
  #tell(client: Client): void {
    const updates = this.log.slice(Math.max(0, client.told - this.#random.int(2)));
    client.told = this.log.length;
    if (this.#random.int(2) === 0 && updates.length > 0) client.apply(mergeUpdates(updates));
    else for (const update of updates) client.apply(update);
  }

  /** Two tabs of one browser tell each other what the server does not know yet. */
  #whisper(from: Client, to: Client): void {
    to.apply(Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
  }

  /** As after a restart, from a state and what was logged after it. */
  #reload(): void {
    const half = this.#random.int(this.log.length + 1);
    const state = SharedText.load(ROOT, this.log.slice(0, half), this.#random.next).diff();
    this.shared = SharedText.load(ROOT, [state, ...this.log.slice(half)], this.#random.next);
    this.#check();
  }
}

/** The text, with something in the place of each embed. */
function unitsOf(text: Y.Text): string {
  const parts = text.toDelta() as { insert: unknown }[];
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '.')).join('');
}

/** Much cheaper than `expect`. */
function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
}

describe('a shared text with stock clients', () => {
  it('[P4] [P6] [P12] has at every step the clean text that its ops lead to, and in the end so has everybody', () => {
    let failure: string | null = null;
    for (let seed = SEED; seed < SEED + CASES && failure === null; seed++) {
      const world = new World(seededRandom(seed));
      try {
        for (let step = 0; step < STEPS; step++) world.step();
        world.settle();
      } catch (error) {
        failure = `YJS_SEED=${seed} YJS_CASES=1 ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      }
    }
    expect(failure).toBeNull();
  }, 600_000);
});
