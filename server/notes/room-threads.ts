import type { Thread } from '../../lib/protocol/index.ts';
import { frameOf } from '../room/frame.ts';
import type { StoredThread, ThreadAct } from '../storage/notes.ts';
import type { Anchors } from './anchors.ts';
import type { Followed } from './followed.ts';
import { endedFrame, threadOf } from './note-frames.ts';
import { NoteRefused } from './note-refused.ts';
import type { CommentWish, NotedRoom, NotesDeps, Speaker } from './noted-room.ts';

/** Room is made when somebody deletes something. */
const FULL_MS = 60_000;

interface Shelved {
  stored: StoredThread;
  place: Followed;
}

/** The threads of comments of a room, all of them in memory. Methods that write are called one after the other. */
export class RoomThreads {
  readonly #deps: NotesDeps;
  readonly #room: NotedRoom;
  readonly #anchors: Anchors;
  readonly #threads = new Map<string, Shelved>();

  constructor(deps: NotesDeps, room: NotedRoom, anchors: Anchors) {
    this.#deps = deps;
    this.#room = room;
    this.#anchors = anchors;
  }

  /** How many are not resolved. */
  get open(): number {
    let open = 0;
    for (const { stored } of this.#threads.values()) if (stored.resolved === null) open++;
    return open;
  }

  /** All of them, as they are now, in the order of the text. */
  all(): Thread[] {
    const inText = [...this.#threads.values()].toSorted(
      (a, b) => a.place.anchor.from - b.place.anchor.from || (a.stored.id < b.stored.id ? -1 : 1),
    );
    return inText.map(({ stored, place }) => threadOf(stored, this.#anchors.shown(place)));
  }

  /** Takes what the storage has, without telling anybody. Passages may be behind the room then. */
  async load(): Promise<void> {
    for (const stored of await this.#deps.storage.threads(this.#room.id)) this.#put(stored);
  }

  /** Does what a member wishes, durably first, and tells everybody. What cannot be done any more is answered with what is so. */
  async act(speaker: Speaker, wish: CommentWish): Promise<void> {
    const { storage } = this.#deps;
    const { id: room } = this.#room;
    const known = this.#threads.get(wish.thread)?.stored ?? (await storage.thread(room, wish.thread));
    const placed = await this.#prepare(speaker, wish, known);
    if (!placed) return this.#answer(speaker, wish.thread, known);
    let stored: StoredThread | null;
    try {
      stored = await storage.changeThread(room, wish.thread, placed.act, this.#room.redactions);
    } catch (error) {
      if (placed.place) this.#anchors.forget(placed.place);
      throw error;
    }
    if (known && stored && isSame(known, stored)) return this.#answer(speaker, wish.thread, stored);
    const isOurs = stored?.comments[0]?.id === wish.id;
    if (placed.place && !isOurs) this.#anchors.forget(placed.place);
    await this.#take(wish.thread, stored, isOurs ? placed.place : null);
    this.#room.noted({ thread: wish.thread });
  }

  /** The storage may have something new of a thread. */
  async heard(id: string): Promise<void> {
    const stored = await this.#deps.storage.thread(this.#room.id, id);
    if (!this.#isKnown(id, stored)) await this.#take(id, stored, null);
  }

  /** The storage may have something new of any. */
  async reload(): Promise<void> {
    const stored = new Map((await this.#deps.storage.threads(this.#room.id)).map((one) => [one.id, one]));
    for (const id of new Set([...this.#threads.keys(), ...stored.keys()])) {
      const now = stored.get(id) ?? null;
      if (!this.#isKnown(id, now)) await this.#take(id, now, null);
    }
  }

  /** Tells everybody how a thread is now. */
  tell(id: string): void {
    this.#room.tell(this.#frame(id));
  }

  /** What is to be stored, with the passage of a new thread followed already. Null: there is nothing to be done. */
  async #prepare(
    speaker: Speaker,
    { id, thread, act }: CommentWish,
    known: StoredThread | null,
  ): Promise<{ act: ThreadAct; place: Followed | null } | null> {
    const { author, name, color } = speaker.person;
    const at = this.#deps.clock.now();
    const comment = (text: string) => ({ id, author, name, color, at, text });
    if (act.kind === 'open') {
      if (known) return null;
      this.#mustFit(null, act.text);
      const place = await this.#anchors.place('thread', thread, act);
      return { act: { kind: 'open', anchor: { ...place.anchor }, comment: comment(act.text) }, place };
    }
    const own = known?.comments.find((one) => one.id === id);
    switch (act.kind) {
      case 'reply':
        if (!known || own) return null;
        this.#mustFit(known, act.text);
        return { act: { kind: 'reply', comment: comment(act.text) }, place: null };
      case 'resolve':
        return known && { act: { kind: 'resolve', by: { author, name, at } }, place: null };
      case 'reopen':
        return known && { act: { kind: 'reopen' }, place: null };
      case 'change':
        if (own?.author !== author) return null;
        this.#mustFit(known, act.text, false);
        return { act: { kind: 'change', id, text: act.text, at }, place: null };
      case 'delete':
        // Somebody has to be able to take away what nobody should read.
        if (!own || (own.author !== author && speaker.person.role !== 'owner')) return null;
        return { act: { kind: 'delete', id }, place: null };
    }
  }

  /** `more`: one comment more, or `thread` null: a thread more. */
  #mustFit(thread: StoredThread | null, text: string, more = true): void {
    const { threads, commentsPerThread, threadUnits, commentUnits } = this.#deps.limits;
    const ofThread = thread ? unitsOf(thread) : 0;
    let ofRoom = 0;
    for (const { stored } of this.#threads.values()) ofRoom += unitsOf(stored);
    const isFull =
      ofThread + text.length > threadUnits ||
      ofRoom + text.length > commentUnits ||
      (more && (thread ? thread.comments.length >= commentsPerThread : this.#threads.size >= threads));
    if (isFull) {
      throw new NoteRefused('notes-full', 'There is no space for more comments. Delete old ones first.', FULL_MS);
    }
  }

  /** `place`: its passage, if that is followed already. */
  async #take(id: string, stored: StoredThread | null, place: Followed | null): Promise<void> {
    if (stored) this.#put(stored, place);
    else this.#drop(id);
    await this.#anchors.catchUp();
    this.tell(id);
  }

  #put(stored: StoredThread, place: Followed | null = null): void {
    const known = this.#threads.get(stored.id)?.place;
    const kept = known ?? place ?? this.#anchors.follow('thread', stored.id, stored.anchor);
    this.#threads.set(stored.id, { stored, place: kept });
  }

  #drop(id: string): void {
    const known = this.#threads.get(id);
    if (known) this.#anchors.forget(known.place);
    this.#threads.delete(id);
  }

  #isKnown(id: string, stored: StoredThread | null): boolean {
    const known = this.#threads.get(id)?.stored;
    return known && stored ? isSame(known, stored) : !known && !stored;
  }

  async #answer(speaker: Speaker, id: string, stored: StoredThread | null): Promise<void> {
    if (stored && !this.#threads.has(id)) {
      this.#put(stored);
      await this.#anchors.catchUp();
    }
    speaker.send(this.#frame(id));
  }

  #frame(id: string): Buffer {
    const shelved = this.#threads.get(id);
    if (!shelved) return endedFrame(id, this.#room.rev);
    const { stored, place } = shelved;
    return frameOf({
      t: 'thread',
      rev: this.#anchors.revOf(place),
      thread: threadOf(stored, this.#anchors.shown(place)),
    });
  }
}

function unitsOf({ comments }: StoredThread): number {
  return comments.reduce((sum, { text }) => sum + text.length, 0);
}

function isSame(a: StoredThread, b: StoredThread): boolean {
  return JSON.stringify([a.resolved, a.comments]) === JSON.stringify([b.resolved, b.comments]);
}
