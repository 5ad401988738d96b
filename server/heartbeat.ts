import { every, type Clock } from './clock.ts';
import type { Conversation } from './endpoint.ts';
import type { ServerLimits } from './limits.ts';

export type HeartbeatLimits = Pick<
  ServerLimits,
  'pingEveryMs' | 'pongWithinMs' | 'restingPingEveryMs' | 'restingPongWithinMs'
>;

/** A socket, as far as its heartbeat goes. */
export interface Heart {
  readonly session: Pick<Conversation, 'isInside' | 'patientUntil'>;
  /** When something came of it, in ms as of the clock. */
  heardAt: number;
  /** Where it stands; null once it is over. The heartbeat's own. */
  place: Set<Heart> | null;
  /** Asks whether the other end is there. */
  ping(): void;
  /** Asks, and shows that we are. */
  beat(): void;
  /** Nobody is there. */
  drop(): void;
}

/** One slice after another of those who rest has its turn, with this pause between, in ms. */
const SLICE_MS = 1_250;
/** Slices between two looks at those who are not in a room: their deadlines are kept to within 2.5 s. */
const SLICES_PER_LOOK = 2;

/**
 * Asks sockets whether the other end is still there. Whoever is not in a room has to answer soon. Those in a room are usually
 * silent, and many: they are asked in slices, each of them once in `restingPingEveryMs`, because many questions and answers at
 * once cost a fraction of as many wake-ups, and slices keep everybody's delay short. With the question goes a word that the
 * client hears, so that it need not ask by itself.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #limits: HeartbeatLimits;
  readonly #newcomers = new Set<Heart>();
  readonly #slices: Set<Heart>[];
  #turns = 0;
  /** Who was asked in the last turn, and when that was. */
  #asked: { at: number; hearts: readonly Heart[] } = { at: 0, hearts: [] };
  /** Who did not answer within a turn, and when they were asked. */
  readonly #late = new Map<Heart, number>();
  readonly #stop: () => void;

  constructor(clock: Clock, limits: HeartbeatLimits) {
    this.#clock = clock;
    this.#limits = limits;
    const slices = Math.max(1, Math.round(limits.restingPingEveryMs / SLICE_MS));
    this.#slices = Array.from({ length: slices }, () => new Set<Heart>());
    this.#stop = every(clock, SLICE_MS, () => this.#turn());
  }

  add(heart: Heart): void {
    this.#put(heart, this.#newcomers);
  }

  remove(heart: Heart): void {
    heart.place?.delete(heart);
    heart.place = null;
    this.#late.delete(heart);
  }

  stop(): void {
    this.#stop();
  }

  #put(heart: Heart, place: Set<Heart>): void {
    heart.place?.delete(heart);
    heart.place = place;
    place.add(heart);
  }

  #turn(): void {
    const now = this.#clock.now();
    this.#judge(now);
    if (this.#turns % SLICES_PER_LOOK === 0) this.#lookAtNewcomers(now);
    const slice = this.#slices[this.#turns % this.#slices.length];
    this.#turns++;
    const hearts = [...(slice ?? [])];
    this.#asked = { at: now, hearts };
    for (const heart of hearts) heart.beat();
  }

  /** Drops those of whom nothing came for too long although they were asked. */
  #judge(now: number): void {
    const { at, hearts } = this.#asked;
    // While what is known of them is still in the processor's caches.
    for (const heart of hearts) if (heart.heardAt < at && heart.place) this.#late.set(heart, at);
    for (const [heart, askedAt] of this.#late) {
      if (heart.heardAt >= askedAt) this.#late.delete(heart);
      else if (this.#isGone(heart, now, this.#limits.restingPongWithinMs)) heart.drop();
    }
  }

  #lookAtNewcomers(now: number): void {
    const { pingEveryMs, pongWithinMs } = this.#limits;
    for (const heart of this.#newcomers) {
      if (heart.session.isInside === true) this.#put(heart, this.#emptiest());
      else if (this.#isGone(heart, now, pongWithinMs)) heart.drop();
      else if (now - heart.heardAt >= pingEveryMs) heart.ping();
    }
  }

  #isGone({ heardAt, session }: Heart, now: number, mostMs: number): boolean {
    return now - heardAt >= mostMs && now >= session.patientUntil;
  }

  /** So that all turns take the same. Of several, the one that is longest not due. */
  #emptiest(): Set<Heart> {
    const due = this.#turns % this.#slices.length;
    const lastFirst = [...this.#slices.slice(due), ...this.#slices.slice(0, due)].reverse();
    return lastFirst.reduce((best, slice) => (slice.size < best.size ? slice : best));
  }
}
