import type { TextLike } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault } from '../../lib/protocol/index.ts';
import { frames, mergeUpdates, type SharedText } from '../../lib/yjs/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { StorageUnavailable, type Entry, type NewAuthor, type Storage } from '../storage/storage.ts';
import type { Audience } from './audience.ts';
import { Lineage, LineageAhead } from './lineage.ts';
import type { Stage } from './plan.ts';
import type { YjsMember } from './yjs-member.ts';
import { YjsPresence } from './yjs-presence.ts';

/** How long the Y.Doc stays in memory when no Yjs client is left, in ms: a reload or a short tunnel finds it there. */
const IDLE_MS = 60_000;
/** Who signs the entries that bring the Y.Doc to the text, when nobody's own entry does. */
const LINEAGE_AUTHOR: NewAuthor = {
  client: 'yjs:lineage',
  person: '',
  name: 'Tandem',
  color: 12,
  kind: 'api',
  link: 0,
};

export interface BridgeDeps {
  storage: Storage;
  clock: Clock;
  log: Log;
  /** Between 0 and 1. */
  random: () => number;
  /** Entries in one read of the log. */
  page: number;
  /** Carets are told at most this often, in ms. */
  everyMs: number;
  /** Bytes of a Y.Doc's state, at most. */
  mostBytes: number;
}

/** What a bridge sees of its room. */
export interface BridgedRoom {
  readonly id: string;
  readonly rev: number;
  readonly length: number;
  readonly audience: Audience;
  author(who: NewAuthor): Promise<number>;
  /** Asks for a turn of the loop, because `needsTurn`. */
  wake(): void;
}

/** The Y.Doc and what goes with it: there while Yjs clients are, and a while longer. */
interface Open {
  lineage: Lineage;
  presence: YjsPresence;
  emptySince: number | null;
}

/**
 * The Yjs side of a room: who listens there, and the Y.Doc that they share with the room's text. A room that no Yjs client
 * is in has no Y.Doc. See docs/decisions/yjs-bridge.md.
 */
export class Bridge {
  readonly #deps: BridgeDeps;
  readonly #room: BridgedRoom;
  #open: Open | null = null;
  readonly #members = new Set<YjsMember>();
  /** Members that are welcomed at the next committed moment. */
  readonly #arriving = new Map<YjsMember, (shared: SharedText) => void>();
  /** What else waits for a committed moment. */
  #questions: ((shared: SharedText) => void)[] = [];
  /** Told when the Y.Doc is let go of before there was such a moment. */
  #lost: ((reason: StorageUnavailable) => void)[] = [];
  #saving: Promise<void> = Promise.resolve();
  /** The author number of `LINEAGE_AUTHOR`, once it is needed: an entry of its may be planned at any time. */
  #signer: number | null = null;

  constructor(deps: BridgeDeps, room: BridgedRoom) {
    this.#deps = deps;
    this.#room = room;
  }

  get size(): number {
    return this.#members.size + this.#arriving.size;
  }

  /** A Yjs client's, or whose the server's own entries are. */
  hasAuthor(author: number): boolean {
    if (author === this.#signer) return true;
    for (const member of this.#members) if (member.person.author === author) return true;
    return false;
  }

  /** The Y.Doc is in memory. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Somebody waits for the Y.Doc, or it owes an entry that they should see: the room's loop has something to do. */
  get needsTurn(): boolean {
    return this.#open?.lineage.committed === null && (this.#questions.length > 0 || this.size > 0);
  }

  /**
   * Lets a Yjs client listen. `root`: where it looks for the text. `welcome` is called in the moment from which on it is
   * told every update; it is ended instead if the text stands elsewhere.
   */
  add(member: YjsMember, root: string, welcome: (shared: SharedText) => void): void {
    const { lineage } = (this.#open ??= this.#start(root));
    this.#arriving.set(member, (shared) => {
      if (lineage.root === root) welcome(shared);
      else member.end(otherRoot(lineage.root));
    });
    this.#settle();
    if (this.#arriving.size > 0) this.#room.wake();
  }

  /** Gives another member of the same author that may now show in its place, if there is one. */
  remove(member: YjsMember): YjsMember | null {
    this.#arriving.delete(member);
    if (!this.#members.delete(member)) return null;
    this.#open?.presence.gone(member);
    const { author } = member.person;
    if (author === 0) return null;
    for (const other of this.#members) if (other.person.author === author) return other;
    return null;
  }

  /** Calls `question` with the Y.Doc as the log has it: now, or as soon as there is such a moment. */
  ask(question: (shared: SharedText) => void): void {
    const committed = this.#open?.lineage.committed;
    if (committed) return question(committed);
    this.#questions.push(question);
    this.#room.wake();
  }

  /**
   * Has the Y.Doc saved as the log has it now, or later, under the `root` that the log names. Gives that revision. Rejects with
   * `StorageUnavailable` if it cannot be opened or saved.
   */
  async keep(root: string): Promise<number> {
    this.#open ??= this.#start(root);
    const { rev, state } = await new Promise<{ rev: number; state: Uint8Array }>((resolve, reject) => {
      this.#lost.push(reject);
      this.ask((shared) => resolve({ rev: this.#room.rev, state: shared.diff() }));
    });
    await this.#deps.storage.saveLineage(this.#room.id, { rev, state });
    return rev;
  }

  /** Who shows where, for Yjs clients; null while there are none. */
  get presence(): YjsPresence | null {
    return this.#open?.presence ?? null;
  }

  /**
   * The Y.Doc where the committed text is. Null if there are no Yjs clients; and if it cannot be opened, there are none any
   * more, and the room goes on without them. Rejects with `StorageUnavailable`, and with `LineageAhead`.
   */
  async stage(text: TextLike): Promise<Stage | null> {
    const lineage = this.#open?.lineage;
    if (!lineage) return null;
    try {
      await lineage.load(this.#room.rev, text.length);
      if (lineage.savedBytes > this.#deps.mostBytes) {
        this.endAll(tooLarge());
        return null;
      }
      if (lineage.owes) this.#signer = await this.#room.author(LINEAGE_AUTHOR);
      return lineage.stage(text, this.#signer);
    } catch (error) {
      if (error instanceof StorageUnavailable || error instanceof LineageAhead) throw error;
      this.#deps.log.error({ room: this.#room.id, err: error }, 'the lineage cannot be loaded');
      this.endAll(
        new ProtocolFault('internal', CloseCode.INTERNAL, 'The server cannot open the Yjs side of this room.'),
      );
      return null;
    }
  }

  /** What was staged is in the log. `recorded`: the log names the root now. */
  commit(recorded: boolean): void {
    this.#open?.lineage.commit(recorded);
  }

  /** What was staged is not in the log, or the log has more: the Y.Doc is loaded anew when it is needed next. */
  discard(): void {
    this.#open?.lineage.discard();
  }

  /** Entries that are durable now: tells everybody what they did to the Y.Doc, in one frame, and answers who waits. */
  publish(entries: readonly Entry[]): void {
    if (!this.#open) return;
    const updates = entries.flatMap(({ yjs }) => (yjs ? [yjs] : []));
    if (updates.length > 0 && this.#members.size > 0) {
      const frame = frames.update(mergeUpdates(updates));
      for (const member of this.#members) member.sendYjs(frame);
    }
    this.#settle();
  }

  /** Saves what is new in the Y.Doc; a failure is only reported, for the log has everything. */
  save(): void {
    const lineage = this.#open?.lineage;
    const { id, rev } = this.#room;
    const state = lineage?.unsaved(rev);
    if (!lineage || !state) return;
    lineage.saved(rev, state.length);
    if (state.length > this.#deps.mostBytes) this.endAll(tooLarge());
    const write = (): Promise<void> => this.#deps.storage.saveLineage(id, { rev, state });
    this.#saving = this.#saving.then(write).catch((error: unknown) => {
      this.#deps.log.warn({ room: id, rev, reason: String(error) }, 'saving the lineage failed');
    });
  }

  /** Called now and then, while the room's loop rests: lets go of the Y.Doc when nobody has needed it for a while. */
  tick(): void {
    const open = this.#open;
    if (!open) return;
    const now = this.#deps.clock.now();
    if (this.size > 0) open.emptySince = null;
    else open.emptySince ??= now;
    if (open.emptySince === null || now - open.emptySince < IDLE_MS) return;
    this.save();
    this.#stop();
  }

  /** Ends all members. Those that come later open it anew. */
  endAll(fault: ProtocolFault): void {
    this.#questions = [];
    for (const member of [...this.#arriving.keys(), ...this.#members]) member.end(fault);
    this.#stop();
  }

  /** Saves, and lets go. Resolves when that is on disk, or has failed. */
  async close(): Promise<void> {
    this.save();
    this.#stop();
    await this.#saving;
  }

  /** Lets go without saving. Resolves when nothing is being written. */
  async abandon(): Promise<void> {
    this.#stop();
    await this.#saving;
  }

  #start(root: string): Open {
    const { storage, clock, random, page, everyMs } = this.#deps;
    const lineage = new Lineage(root, { storage, room: this.#room.id, page, random });
    const tell = (frame: Uint8Array): void => {
      for (const member of this.#members) member.sendYjsLossy(frame);
    };
    const ask = (question: (shared: SharedText) => void): void => this.ask(question);
    return { lineage, presence: new YjsPresence({ clock, random, everyMs, ask, tell }, this.#room), emptySince: null };
  }

  #stop(): void {
    this.#open?.presence.stop();
    this.#open = null;
    for (const lost of this.#lost) lost(new StorageUnavailable('The Yjs side of this room cannot be opened.'));
    this.#lost = [];
  }

  /** Answers whoever waits for a committed moment, if this is one. */
  #settle(): void {
    const committed = this.#open?.lineage.committed;
    if (!committed) return;
    for (const [member, welcome] of this.#arriving) {
      this.#arriving.delete(member);
      this.#members.add(member);
      welcome(committed);
    }
    const questions = this.#questions;
    this.#questions = [];
    this.#lost = [];
    for (const question of questions) question(committed);
  }
}

function tooLarge(): ProtocolFault {
  const why =
    'What Yjs keeps of this room has grown too large for Yjs clients. Its text can still be edited in Tandem.';
  return new ProtocolFault('document-full', CloseCode.TOO_LARGE, why);
}

function otherRoot(root: string): ProtocolFault {
  const why = `The text of this room stands under the root "${root}". Connect with ?text=${root}.`;
  return new ProtocolFault('other-root', CloseCode.FORBIDDEN, why);
}
