import { label } from './label.ts';
import { StorageRefused, type Link, type LinkChange, type NewLink, type NewRoom, type ShutOut } from './storage.ts';

/** Links of all rooms as `Storage` has them, for engines that keep them as plain data. What it gives are its own objects. */
export class LinkBook {
  readonly #rooms = new Map<string, Link[]>();
  readonly #byToken = new Map<string, Link>();
  readonly #retired = new Map<string, { link: Link; at: number }>();

  has(token: string): boolean {
    return this.#byToken.has(token) || this.#retired.has(token);
  }

  /** Enters the links of a new room. The caller has seen that their tokens are free. */
  enter({ id, createdAt, links }: NewRoom): void {
    this.#rooms.set(id, []);
    for (const link of links) this.#add(id, { ...link, name: '', createdAt, expiresAt: null, passwordHash: null });
  }

  find(token: string): Link | null {
    const retired = this.#retired.get(token);
    if (retired) return { ...retired.link, token, revokedAt: retired.at };
    return this.#byToken.get(token) ?? null;
  }

  /** Oldest first. */
  of(room: string): readonly Link[] {
    return this.#rooms.get(room) ?? [];
  }

  /** Tokens that were rotated away, oldest first. */
  retiredOf(room: string): ShutOut['tokens'] {
    const ofRoom = [...this.#retired].filter(([, { link }]) => link.room === room);
    const tokens = ofRoom.map(([token, { link, at }]) => ({ token, number: link.number, at }));
    return tokens.toSorted((a, b) => a.at - b.at || (a.token < b.token ? -1 : 1));
  }

  /** The caller has seen that there is such a room. */
  make(room: string, given: NewLink): { number: number } | 'taken' {
    const { token, role, createdAt } = given;
    const known = this.#byToken.get(token);
    if (known && known.room === room && known.role === role && known.createdAt === createdAt) {
      return { number: known.number };
    }
    if (this.has(token)) return 'taken';
    return { number: this.#add(room, given).number };
  }

  change(room: string, number: number, { name, expiresAt, passwordHash, revokedAt }: LinkChange): void {
    const link = this.#mustFind(room, number);
    if (name !== undefined) link.name = label(name);
    if (expiresAt !== undefined) link.expiresAt = expiresAt;
    if (passwordHash !== undefined) link.passwordHash = passwordHash;
    if (revokedAt !== undefined) link.revokedAt ??= revokedAt;
  }

  rotate(room: string, number: number, token: string, at: number): 'rotated' | 'taken' {
    const link = this.#mustFind(room, number);
    if (link.revokedAt !== null) throw new StorageRefused(`Link ${number} of the room is revoked.`);
    if (link.token === token) return 'rotated';
    if (this.has(token)) return 'taken';
    this.#byToken.delete(link.token);
    this.#retired.set(link.token, { link, at });
    link.token = token;
    this.#byToken.set(token, link);
    return 'rotated';
  }

  /** Strikes out everything of a room. */
  forget(room: string): void {
    this.#rooms.delete(room);
    for (const [token, link] of this.#byToken) if (link.room === room) this.#byToken.delete(token);
    for (const [token, { link }] of this.#retired) if (link.room === room) this.#retired.delete(token);
  }

  #add(room: string, { token, role, name, createdAt, expiresAt, passwordHash }: NewLink): Link {
    const links = this.#rooms.get(room) ?? [];
    const number = links.length + 1;
    const link = { token, room, number, role, name: label(name), createdAt, expiresAt, passwordHash, revokedAt: null };
    this.#rooms.set(room, [...links, link]);
    this.#byToken.set(token, link);
    return link;
  }

  #mustFind(room: string, number: number): Link {
    const link = this.#rooms.get(room)?.[number - 1];
    if (!link) throw new StorageRefused(`The room has no link ${number}.`);
    return link;
  }
}
