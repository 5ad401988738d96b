import { CloseCode, ProtocolFault, type Role } from '../../lib/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { ServerLimits } from '../limits.ts';
import { randomToken } from '../random.ts';
import type { Room } from '../room/room.ts';
import type { Rooms } from '../rooms.ts';
import type { Link, Storage } from '../storage/storage.ts';
import type { TokenBucket } from '../token-bucket.ts';
import { refusals, TooManyTries } from './refusals.ts';

/** A link as its room's owner sees it. Times are ms since 1970. */
export interface LinkFacts {
  id: number;
  role: Role;
  name: string;
  token: string;
  createdAt: number;
  expiresAt: number | null;
  /** Does it ask for one? */
  password: boolean;
  revokedAt: number | null;
  /** Authors that first came by it. */
  uses: number;
  /** Who is in by it now. */
  here: { author: number; name: string; color: number }[];
}

/** What an owner may say of a link; absent leaves it as it is, null takes it away. */
export interface LinkWish {
  name?: string | undefined;
  expiresAt?: number | null | undefined;
  password?: string | null | undefined;
}

/** Why an owner's wish cannot be granted, besides what the storage says. */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal';
  readonly code: 'no-such-link' | 'no-such-person' | 'last-owner-link' | 'owner-stays' | 'too-many-links' | 'revoked';

  constructor(code: DeskRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface DeskDeps {
  storage: Storage;
  rooms: Rooms;
  clock: Clock;
  limits: Pick<ServerLimits, 'linksPerRoom'>;
}

/**
 * What only a room's owner may do. Every change is durable first; then whoever is in the room because of what it was is
 * ended, in the same turn.
 */
export class OwnerDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  /** All links, oldest first. */
  async links(room: Room): Promise<LinkFacts[]> {
    return (await this.#deps.storage.links(room.id)).map((link) => factsOf(room, link));
  }

  /** `payer`: the caller's bucket for passwords. */
  async make(room: Room, role: 'edit' | 'view', wish: LinkWish, payer: TokenBucket): Promise<LinkFacts> {
    const { storage, clock, limits } = this.#deps;
    if ((await storage.links(room.id)).length >= limits.linksPerRoom) {
      throw new DeskRefusal(
        'too-many-links',
        `A room has at most ${limits.linksPerRoom} links, revoked ones included.`,
      );
    }
    const { name = '', expiresAt = null } = wish;
    const passwordHash =
      wish.password === undefined || wish.password === null ? null : await this.#hash(wish.password, payer);
    const token = randomToken();
    const link = { token, role, name, createdAt: clock.now(), expiresAt, passwordHash };
    const made = await storage.makeLink(room.id, link);
    if (made === 'taken') throw new ProtocolFault('internal', CloseCode.INTERNAL, 'Two links were to be the same.');
    return this.#facts(room, made.number);
  }

  /** Whoever came by a link that asks for another password now has to say it. */
  async change(room: Room, number: number, wish: LinkWish, payer: TokenBucket): Promise<LinkFacts> {
    const link = await this.#live(room, number);
    const { name, expiresAt, password } = wish;
    if (link.role === 'owner' && typeof expiresAt === 'number') {
      throw new DeskRefusal('last-owner-link', 'The owner link does not expire, or nobody could change this room.');
    }
    const passwordHash = typeof password !== 'string' ? password : await this.#hash(password, payer);
    await this.#deps.storage.changeLink(room.id, number, {
      ...(name !== undefined && { name }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(passwordHash !== undefined && { passwordHash }),
    });
    this.#deps.rooms.linksChanged(room);
    if (expiresAt !== undefined) room.holders.expireAt(number, expiresAt);
    if (typeof passwordHash === 'string') room.holders.endLink(number, refusals.passwordWanted());
    return this.#facts(room, number);
  }

  /** Another token for the same link; the old one opens nothing any more. */
  async rotate(room: Room, number: number): Promise<LinkFacts> {
    await this.#live(room, number);
    const { storage, clock, rooms } = this.#deps;
    const rotated = await storage.rotateLink(room.id, number, randomToken(), clock.now());
    if (rotated === 'taken') throw new ProtocolFault('internal', CloseCode.INTERNAL, 'Two links were to be the same.');
    rooms.linksChanged(room);
    room.holders.endLink(number, refusals.revoked());
    return this.#facts(room, number);
  }

  /** A second time does nothing. */
  async revoke(room: Room, number: number): Promise<void> {
    const { storage, clock, rooms } = this.#deps;
    const link = await this.#find(room, number);
    if (link.role === 'owner') {
      throw new DeskRefusal(
        'last-owner-link',
        'The owner link can be made new, but not revoked: nobody could change this room.',
      );
    }
    await storage.changeLink(room.id, number, { revokedAt: clock.now() });
    rooms.linksChanged(room);
    room.holders.endLink(number, refusals.revoked());
  }

  /** Ends all sessions of the guest who is here as this author, and keeps them out. */
  async remove(room: Room, author: number): Promise<void> {
    const { storage, clock, rooms } = this.#deps;
    const holders = room.holders.withAuthor(author);
    if (holders.length === 0) throw new DeskRefusal('no-such-person', 'This person is not in the room now.');
    if (holders.some(({ person }) => person.role === 'owner')) {
      throw new DeskRefusal('owner-stays', 'Whoever has the owner link cannot be removed. Make that link new instead.');
    }
    const traits = [...new Set(holders.flatMap((holder) => holder.traits))];
    const now = clock.now();
    await Promise.all(traits.map((trait) => storage.bar(room.id, trait, now)));
    rooms.linksChanged(room);
    for (const holder of holders) holder.end(refusals.removed());
    room.holders.endGuests(traits, refusals.removed());
  }

  /** Read-only for everybody, or not any longer. */
  async lock(room: Room, locked: boolean): Promise<void> {
    await room.setMeta({ locked });
  }

  /** The room, and everything that is stored of it. */
  async delete(room: Room): Promise<void> {
    await this.#deps.rooms.delete(room);
  }

  async #hash(password: string, payer: TokenBucket): Promise<string> {
    const hash = await this.#deps.rooms.passwords.hash(password, payer);
    if (typeof hash !== 'string') throw new TooManyTries(hash.retryMs);
    return hash;
  }

  async #find(room: Room, number: number): Promise<Link & { uses: number }> {
    const found = (await this.#deps.storage.links(room.id)).find((link) => link.number === number);
    if (!found) throw new DeskRefusal('no-such-link', `This room has no link ${number}.`);
    return found;
  }

  async #live(room: Room, number: number): Promise<Link> {
    const link = await this.#find(room, number);
    if (link.revokedAt !== null) throw new DeskRefusal('revoked', 'This link was revoked, and stays so.');
    return link;
  }

  async #facts(room: Room, number: number): Promise<LinkFacts> {
    return factsOf(room, await this.#find(room, number));
  }
}

function factsOf(room: Room, link: Link & { uses: number }): LinkFacts {
  const { number, role, name, token, createdAt, expiresAt, passwordHash, revokedAt, uses } = link;
  const here = room.holders.of(number).flatMap(({ person }) => {
    // Who only listens with another editor has no number, and no name.
    return person.author === 0 ? [] : [{ author: person.author, name: person.name, color: person.color }];
  });
  return {
    id: number,
    role,
    name,
    token,
    createdAt,
    expiresAt,
    password: passwordHash !== null,
    revokedAt,
    uses,
    here,
  };
}
