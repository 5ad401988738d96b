import { cleanLabel, COLORS, MAX_NAME, type Person, type Role } from '../../lib/protocol/index.ts';
import { readUser, withName, type AwarenessState, type SharedText } from '../../lib/yjs/index.ts';
import { personOfUser, type Caller } from '../caller.ts';
import { nearestColor } from '../room/author-inks.ts';
import type { YjsMember } from '../room/yjs-member.ts';
import type { Lease } from '../rooms.ts';

/** What a session lets this do. */
export interface SelfHost {
  /** Stands for a client that says nothing of its presence. */
  readonly id: string;
  /** Null before it is in its room, and when it has left. */
  lease(this: void): Lease | null;
  /** Asks the room's Y.Doc, at a committed moment. */
  ask(this: void, question: (shared: SharedText) => void): void;
  /** One that changes its name all the time is heard with its next renewal. */
  mayRename(this: void): boolean;
  /** Nothing more is handled until `release`. */
  hold(this: void): void;
  release(this: void): void;
  failed(this: void, error: unknown): void;
}

type User = { name: string; color: string } | null;

/** A name when none was given. */
const NAMELESS = 'Guest';

/**
 * Who a stock Yjs client is: the one among the presences on its wire that is its own, and the person it becomes in the room.
 * Stock clients repeat others' presence as if it were theirs, so it has to be told apart.
 */
export class YjsSelf {
  readonly #member: YjsMember;
  readonly #caller: Caller;
  readonly #host: SelfHost;
  /** Author 0: it only listens so far. */
  #person: Person = { author: 0, person: '', name: NAMELESS, color: 1, role: 'view', kind: 'yjs' };
  /** The awareness id that it has introduced as its own. */
  #ownId: number | null = null;
  /** Others' presence was sent, so what comes now may be an echo of it. */
  #toldOthers = false;
  /** It has said something of its presence, or repeated others'. */
  #heard = false;

  constructor(member: YjsMember, caller: Caller, host: SelfHost) {
    this.#member = member;
    this.#caller = caller;
    this.#host = host;
  }

  get person(): Person {
    return this.#person;
  }

  /** It is in the room, in this role. */
  admitted(role: Role): void {
    this.#person = { ...this.#person, role };
  }

  /** Takes what is said of its own id. */
  hear(states: readonly AwarenessState[]): void {
    // Its first words are its own, whatever was told to it while they were on their way.
    const isOpening = !this.#heard && states.length === 1;
    this.#heard = true;
    for (const heard of states) {
      if (this.#ownId === null && this.#mayOwn(heard, isOpening)) {
        this.#ownId = heard.clientId;
        if (this.#person.author === 0) return this.introduce(readUser(heard.state), () => this.hear(states));
      }
      const lease = this.#host.lease();
      if (heard.clientId !== this.#ownId || !lease) continue;
      const user = readUser(heard.state);
      this.#renamed(lease, user);
      // Others are told it as it came, but for a name that would disturb or deceive them.
      const state = withName(heard.state, nameOf(user));
      lease.room.bridge.presence?.hear(this.#member, { ...heard, state });
      this.tellOthers();
    }
  }

  /** Gives it an author number, durably, and shows it among the people; then goes on with `next`. */
  introduce(user: User, next: () => void): void {
    const lease = this.#host.lease();
    if (!lease) return;
    const { room, role, link } = lease;
    const key = this.#ownId === null ? this.#host.id : String(this.#ownId);
    const name = this.#caller.user?.name ?? nameOf(user);
    const person = this.#caller.user ? personOfUser(this.#caller.user) : `yjs-${key}`;
    this.#host.hold();
    room
      // With the role, so that who may only read never goes by the name of who writes.
      .author({ client: `yjs:${role}:${key}`, person, name, color: colorOf(user, 0), kind: 'yjs', link })
      .then((author) => {
        const color = colorOf(user, ((author - 1) % COLORS) + 1);
        this.#person = { ...this.#person, author, person, name, color };
        if (!this.#host.lease()) return;
        room.introduce(this.#member);
        next();
        this.#host.release();
      })
      .catch(this.#host.failed);
  }

  /** Tells it who else is here, once. */
  tellOthers(): void {
    if (this.#toldOthers) return;
    this.#toldOthers = true;
    this.#host.ask((shared) => {
      const presence = this.#host.lease()?.room.bridge.presence;
      if (presence) this.#member.sendYjsLossy(presence.all(shared));
    });
  }

  #mayOwn({ clientId, state }: AwarenessState, isOpening: boolean): boolean {
    const presence = this.#host.lease()?.room.bridge.presence;
    if (state === null || !presence) return false;
    // What cannot be an echo is somebody who comes back, perhaps while the old socket still seems alive.
    if (isOpening || !this.#toldOthers) return !presence.isSynthetic(clientId);
    return !presence.isTaken(clientId) && !presence.hasLeft(clientId);
  }

  #renamed({ room }: Lease, user: User): void {
    if (!user) return;
    const name = this.#caller.user?.name ?? nameOf(user);
    const color = colorOf(user, this.#person.color);
    if (name === this.#person.name && color === this.#person.color) return;
    // The name of an author is its first socket's to change.
    if (!room.audience.has(this.#member)) return;
    if (!this.#host.mayRename()) return;
    this.#person = { ...this.#person, name, color };
    room.rename(this.#member).catch(this.#host.failed);
  }
}

function nameOf(user: User): string {
  return (user && cleanLabel(user.name, MAX_NAME)) || NAMELESS;
}

function colorOf(user: User, otherwise: number): number {
  return (user && nearestColor(user.color)) ?? otherwise;
}
