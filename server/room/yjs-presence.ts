import type { Person } from '../../lib/protocol/index.ts';
import { frames, readCursor, syntheticState, type AwarenessState, type SharedText } from '../../lib/yjs/index.ts';
import { every, type Clock } from '../clock.ts';
import type { Audience } from './audience.ts';
import { inkOf } from './author-inks.ts';
import type { YjsMember } from './yjs-member.ts';

/** Yjs clients forget a state that was not renewed for 30 s, and close a socket that was silent for as long: half of it. */
const RENEW_MS = 15_000;
/** Clocks of ids that have left, so that they are heard again when they come back. */
const MOST_CLOCKS = 1_000;

export interface YjsPresenceDeps {
  clock: Clock;
  random: () => number;
  /** Told at most this often, in ms. */
  everyMs: number;
  /** Calls `question` with the Y.Doc at a committed moment. */
  ask(question: (shared: SharedText) => void): void;
  /** Sends a frame to every Yjs client, unless it reads slowly. */
  tell(frame: Uint8Array): void;
}

interface Room {
  readonly rev: number;
  readonly length: number;
  readonly audience: Audience;
}

/** A Yjs client's own state, as it was told last. */
interface Owned {
  member: YjsMember;
  clock: number;
  state: object | null;
}

/** The state that stands for somebody who joined in another way. */
interface Synthetic {
  id: number;
  clock: number;
  person: Person;
}

/**
 * Carets and names, both ways: Yjs clients' awareness is shown as carets of the room, and everybody else in the room as
 * awareness states. Never stored. An id belongs to the socket that introduced it, for as long as that lives.
 */
export class YjsPresence {
  readonly #deps: YjsPresenceDeps;
  readonly #room: Room;
  readonly #owned = new Map<number, Owned>();
  /** What was heard from a second socket of an id, until the first has gone. */
  readonly #shadows = new Map<YjsMember, AwarenessState>();
  readonly #synthetic = new Map<number, Synthetic>();
  /** The last clock that was told of each id that has left, the longest silent first. */
  readonly #clocks = new Map<number, number>();
  /** Ids whose state is to be told. */
  readonly #changed = new Set<number>();
  /** Yjs clients whose carets are to be shown in the room. */
  readonly #moved = new Set<number>();
  #cancelFlush: (() => void) | null = null;
  readonly #stop: (() => void)[];

  constructor(deps: YjsPresenceDeps, room: Room) {
    this.#deps = deps;
    this.#room = room;
    this.#stop = [
      every(deps.clock, RENEW_MS, () => this.#renew()),
      room.audience.watch({
        came: (person) => this.#came(person),
        left: (author) => this.#left(author),
        replaced: () => undefined,
        moved: (author) => this.#change(this.#synthetic.get(author)?.id),
        placed: () => undefined,
        wrote: () => undefined,
      }),
    ];
    for (const person of room.audience.people()) this.#came(person);
  }

  /** A live socket has introduced this id, or it is one of ours. */
  isTaken(id: number): boolean {
    return this.#owned.has(id) || this.isSynthetic(id);
  }

  /** One of ours, which nobody else may use. */
  isSynthetic(id: number): boolean {
    for (const one of this.#synthetic.values()) if (one.id === id) return true;
    return false;
  }

  /** Somebody had this id who is gone, and who hears of it late may still repeat it. */
  hasLeft(id: number): boolean {
    return this.#clocks.has(id);
  }

  /** A member's own state. What it has said already, and has come back to us as an echo, changes nothing. */
  hear(member: YjsMember, heard: AwarenessState): void {
    const { clientId: id, clock, state } = heard;
    if (this.isSynthetic(id)) return;
    const known = this.#owned.get(id);
    if (known && known.member !== member) {
      this.#shadows.set(member, heard);
      return;
    }
    if (!known) {
      const last = this.#clocks.get(id);
      this.#clocks.delete(id);
      this.#owned.set(id, { member, state, clock: last === undefined ? clock : Math.max(clock, last + 1) });
    } else {
      const isSame = JSON.stringify(known.state) === JSON.stringify(state);
      if (isSame && clock <= known.clock) return;
      known.clock = Math.max(clock, known.clock + 1);
      known.state = state;
    }
    this.#moved.add(id);
    this.#change(id);
  }

  /** A member has left: its state goes, or a second socket of the same id takes its place. */
  gone(member: YjsMember): void {
    this.#shadows.delete(member);
    for (const [id, owned] of this.#owned) {
      if (owned.member !== member) continue;
      this.#owned.delete(id);
      this.#moved.delete(id);
      this.#remember(id, owned.clock);
      this.#change(id);
      for (const [shadow, heard] of this.#shadows) {
        if (heard.clientId !== id) continue;
        this.#shadows.delete(shadow);
        this.hear(shadow, heard);
        break;
      }
    }
  }

  /** Everybody's state, for one who has just come. Only at a committed moment, with the Y.Doc of it. */
  all(shared: SharedText): Uint8Array {
    const owned = [...this.#owned].map(([clientId, { clock, state }]) => ({ clientId, clock, state }));
    const others = [...this.#synthetic.values()].map((one) => {
      // Who was here before takes no state for new that has the clock of then.
      one.clock++;
      return this.#stateOf(one, shared);
    });
    return frames.awareness([...owned, ...others]);
  }

  stop(): void {
    this.#cancelFlush?.();
    for (const stop of this.#stop) stop();
  }

  #came(person: Person): void {
    // A Yjs client of this node speaks for itself; one of another node is told like everybody else.
    if (person.kind === 'yjs' && this.#room.audience.hasAuthor(person.author)) return this.#left(person.author);
    const known = this.#synthetic.get(person.author);
    const id = known?.id ?? this.#freshId();
    this.#synthetic.set(person.author, { id, clock: known ? known.clock + 1 : 0, person });
    this.#change(id);
  }

  #left(author: number): void {
    const known = this.#synthetic.get(author);
    if (!known) return;
    this.#synthetic.delete(author);
    this.#remember(known.id, known.clock);
    this.#change(known.id);
  }

  #freshId(): number {
    for (;;) {
      const id = Math.floor(this.#deps.random() * 2 ** 32);
      if (!this.isTaken(id) && !this.#clocks.has(id)) return id;
    }
  }

  #remember(id: number, clock: number): void {
    this.#clocks.delete(id);
    this.#clocks.set(id, clock);
    if (this.#clocks.size <= MOST_CLOCKS) return;
    const [oldest] = this.#clocks.keys();
    if (oldest !== undefined) this.#clocks.delete(oldest);
  }

  #change(id: number | undefined): void {
    if (id === undefined) return;
    this.#changed.add(id);
    this.#cancelFlush ??= this.#deps.clock.after(this.#deps.everyMs, () => {
      this.#cancelFlush = null;
      this.#deps.ask((shared) => this.#flush(shared));
    });
  }

  /** States of ours are told anew, and every socket hears something, if only that nothing has changed. */
  #renew(): void {
    for (const one of this.#synthetic.values()) this.#change(one.id);
    this.#deps.tell(frames.awareness([]));
  }

  #flush(shared: SharedText): void {
    const states: AwarenessState[] = [];
    const changed = new Set(this.#changed);
    this.#changed.clear();
    for (const one of this.#synthetic.values()) {
      if (!changed.delete(one.id)) continue;
      one.clock++;
      states.push(this.#stateOf(one, shared));
    }
    for (const clientId of changed) {
      const owned = this.#owned.get(clientId);
      const clock = owned?.clock ?? this.#clocks.get(clientId);
      if (clock !== undefined) states.push({ clientId, clock, state: owned?.state ?? null });
    }
    if (states.length > 0) this.#deps.tell(frames.awareness(states));
    for (const id of this.#moved) this.#showCaret(id, shared);
    this.#moved.clear();
  }

  #stateOf({ id, clock, person }: Synthetic, shared: SharedText): AwarenessState {
    const color = inkOf(person.color);
    const [range] = this.#room.audience.caretsOf(person.author);
    const cursor = range ? { anchor: shared.anchor(range[0]), head: shared.anchor(range[1]) } : null;
    return { clientId: id, clock, state: syntheticState({ name: person.name, color, cursor }) };
  }

  #showCaret(id: number, shared: SharedText): void {
    const owned = this.#owned.get(id);
    if (!owned) return;
    const { audience, length } = this.#room;
    const rev = (): number => this.#room.rev;
    const cursor = owned.state && readCursor(owned.state);
    if (!cursor) return audience.moveCarets(owned.member, [], [], length, rev);
    const [anchor, head] = [shared.offset(cursor.anchor), shared.offset(cursor.head)];
    // A caret beside letters that are not here yet: they bring it along when they come.
    if (anchor !== null && head !== null) audience.moveCarets(owned.member, [[anchor, head]], [], length, rev);
  }
}
