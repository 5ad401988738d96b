import type { Person, ProtocolFault } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Link } from '../storage/storage.ts';
import { refusals } from './refusals.ts';

/** A session that came in by a link, and may have to leave because of it. */
export interface Holder {
  /** The number of the link. */
  readonly link: number;
  readonly person: Person;
  /** What it is known by: see `guestsOf`. */
  readonly guests: readonly string[];
  /** What is kept out if it is removed: see `traitsOf`. */
  readonly traits: readonly string[];
  /** The room was locked or opened again. */
  lockChanged(locked: boolean): void;
  end(fault: ProtocolFault): void;
}

/** `setTimeout` takes no longer one: 2^31 - 1 ms, some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The link as it was when somebody came in by it. */
export type Key = Pick<Link, 'token' | 'expiresAt' | 'passwordHash'>;

interface Group {
  readonly holders: Map<Holder, Key>;
  cancelExpiry: () => void;
}

/** Who is in a room by which of its links. Ends them when their link does. */
export class Holders {
  readonly #clock: Clock;
  readonly #groups = new Map<number, Group>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns how to let go of it. */
  add(holder: Holder, key: Key): () => void {
    const group = this.#groups.get(holder.link) ?? { holders: new Map<Holder, Key>(), cancelExpiry: () => undefined };
    this.#groups.set(holder.link, group);
    group.holders.set(holder, key);
    this.expireAt(holder.link, key.expiresAt);
    return () => {
      group.holders.delete(holder);
      if (group.holders.size > 0 || this.#groups.get(holder.link) !== group) return;
      group.cancelExpiry();
      this.#groups.delete(holder.link);
    };
  }

  /** The link's expiry is this now, or none. */
  expireAt(link: number, expiresAt: number | null): void {
    const group = this.#groups.get(link);
    if (!group) return;
    group.cancelExpiry();
    group.cancelExpiry = () => undefined;
    if (expiresAt === null) return;
    const left = expiresAt - this.#clock.now();
    if (left <= 0) return this.endLink(link, refusals.expired());
    group.cancelExpiry = this.#clock.after(Math.min(left, LONGEST_TIMER_MS), () => this.expireAt(link, expiresAt));
  }

  /** Everybody who is in by this link, in the order of their coming. */
  of(link: number): readonly Holder[] {
    return [...(this.#groups.get(link)?.holders.keys() ?? [])];
  }

  withAuthor(author: number): readonly Holder[] {
    return this.all().filter(({ person }) => person.author === author);
  }

  /** Ends everybody who is in by this link. */
  endLink(link: number, fault: ProtocolFault): void {
    for (const holder of this.of(link)) holder.end(fault);
  }

  /** Ends all sessions of those who are known by one of `traits`, in whatever tabs. */
  endGuests(traits: readonly string[], fault: ProtocolFault): void {
    for (const holder of this.all()) if (holder.guests.some((guest) => traits.includes(guest))) holder.end(fault);
  }

  /** The links are these now, as somebody else may have changed them: ends whoever would not get in any more. */
  recheck(links: readonly Link[]): void {
    for (const [number, { holders }] of this.#groups) {
      const link = links.find((one) => one.number === number);
      for (const [holder, key] of holders) {
        const fault = link ? whyNot(link, key) : refusals.revoked();
        if (fault) holder.end(fault);
      }
      if (link) this.expireAt(number, link.expiresAt);
    }
  }

  endAll(fault: ProtocolFault): void {
    for (const holder of this.all()) holder.end(fault);
  }

  lockChanged(locked: boolean): void {
    for (const holder of this.all()) holder.lockChanged(locked);
  }

  all(): readonly Holder[] {
    return [...this.#groups.values()].flatMap(({ holders }) => [...holders.keys()]);
  }
}

function whyNot(link: Link, key: Key): ProtocolFault | null {
  if (link.revokedAt !== null || link.token !== key.token) return refusals.revoked();
  // Without a password anybody gets in, whatever it was before.
  return link.passwordHash !== null && link.passwordHash !== key.passwordHash ? refusals.passwordWanted() : null;
}
