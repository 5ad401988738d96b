import type { Role } from '../lib/protocol/index.ts';
import type { Clock } from './clock.ts';
import type { Holder } from './links/holders.ts';
import type { Room } from './room/room.ts';

/** A room in use. It stays in memory until `release`, even with nobody in it. */
export interface Lease {
  room: Room;
  role: Role;
  /** The number of the link that opened it. */
  link: number;
  /**
   * Holds somebody to the link for as long as they are here: they are ended when it ends, even in the moment between the
   * look at the link and this call. To be called once. Returns how to let go.
   */
  hold(holder: Holder): () => void;
  release(): void;
}

/** How a room in memory knows whether it is in use. */
export interface Leased {
  leases: number;
  /** As of the clock. */
  idleSince: number;
}

/** One of its leases is over. */
export function giveBack(leased: Leased, clock: Clock): void {
  leased.leases--;
  leased.idleSince = clock.now();
}

/** Each socket keeps one for as long as it is here, so it holds little. */
export class RoomLease implements Lease {
  readonly room: Room;
  readonly role: Role;
  readonly link: number;
  readonly #resident: Leased;
  readonly #clock: Clock;
  /** Forgotten once it was called: it knows the caller, the link and the password. */
  #hold: ((holder: Holder) => () => void) | null;
  #isOver = false;

  constructor(from: Pick<Lease, 'room' | 'role' | 'link' | 'hold'> & { resident: Leased; clock: Clock }) {
    this.room = from.room;
    this.role = from.role;
    this.link = from.link;
    this.#hold = from.hold;
    this.#resident = from.resident;
    this.#clock = from.clock;
  }

  hold(holder: Holder): () => void {
    const hold = this.#hold;
    if (hold === null) throw new Error('A lease holds one, and once.');
    this.#hold = null;
    return hold(holder);
  }

  release(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    giveBack(this.#resident, this.#clock);
  }
}
