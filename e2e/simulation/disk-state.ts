import { judgeBatch } from '../../server/storage/judge-batch.ts';
import { label } from '../../server/storage/label.ts';
import { listPlainRoom } from '../../server/storage/list-plain-room.ts';
import { LinkBook } from '../../server/storage/link-book.ts';
import { marksOf } from '../../server/storage/marks-of.ts';
import { NoteBook } from '../../server/storage/note-book.ts';
import { redactPlainRoom } from '../../server/storage/redact-plain-room.ts';
import type { Redaction } from '../../server/storage/redaction.ts';
import {
  StorageRefused,
  type Batch,
  type CountedLink,
  type Entry,
  type EntryMarks,
  type Link,
  type LinkChange,
  type ListedRoom,
  type NewAuthor,
  type NewLink,
  type NewRoom,
  type RoomChange,
  type RoomPage,
  type ShutOut,
  type Snapshot,
  type StoredAuthor,
  type StoredLineage,
  type StoredMeta,
  type StoredRoom,
} from '../../server/storage/storage.ts';

/** Sees what became durable, in the moment it does. */
export interface DiskWitness {
  created?(room: NewRoom): void;
  appended?(room: string, batch: Batch): void;
  snapshot?(room: string, snapshot: Snapshot): void;
  lineage?(room: string, saved: { rev: number; state: Uint8Array }): void;
  conflict?(room: string): void;
}

interface DiskRoom extends Omit<StoredRoom, 'snapshot' | 'entries' | 'notes' | 'redactions'> {
  entries: Entry[];
  snapshots: Map<number, string>;
  authors: StoredAuthor[];
  /** Replaced, never changed: backups share it. */
  lineage: Readonly<StoredLineage> | null;
  /** Not a backup's: whoever was removed stays out. */
  barred: Map<string, number>;
  /** Not a backup's either. */
  notes: NoteBook;
}

/**
 * What lies on the simulated disk, durably: plain data and the storage's methods on it, each at once. When they happen,
 * and whether, is `SimulatedDisk`'s matter. Entries are frozen, so they can be handed out as they are; bytes are copied.
 */
export class DiskState {
  readonly #rooms = new Map<string, DiskRoom>();
  /** Rooms that a backup brings back keep the links of now. */
  readonly #links = new LinkBook();
  readonly #witness: DiskWitness;

  constructor(witness: DiskWitness = {}) {
    this.#witness = witness;
  }

  createRoom(given: NewRoom): 'created' | 'taken' {
    if (this.#rooms.has(given.id) || given.links.some(({ token }) => this.#links.has(token))) return 'taken';
    this.#links.enter(given);
    this.#rooms.set(given.id, {
      id: given.id,
      epoch: given.epoch,
      shard: given.shard,
      title: label(given.title),
      language: label(given.language),
      createdAt: given.createdAt,
      file: null,
      locked: false,
      entries: [],
      snapshots: new Map(),
      authors: given.authors.map((author) => stored(author, author.author)),
      lineage: null,
      barred: new Map(),
      notes: new NoteBook(() => this.#mustFind(given.id).entries.length),
    });
    this.#witness.created?.(given);
    return 'created';
  }

  findLink(token: string): Link | null {
    const link = this.#links.find(token);
    return link ? { ...link } : null;
  }

  links(id: string): CountedLink[] {
    const authors = this.#rooms.get(id)?.authors ?? [];
    return this.#links
      .of(id)
      .map((one) => ({ ...one, uses: authors.filter(({ link }) => link === one.number).length }));
  }

  makeLink(id: string, given: NewLink): { number: number } | 'taken' {
    return this.#links.make(this.#mustFind(id).id, given);
  }

  changeLink(id: string, number: number, change: LinkChange): void {
    this.#links.change(this.#mustFind(id).id, number, change);
  }

  rotateLink(id: string, number: number, token: string, at: number): 'rotated' | 'taken' {
    return this.#links.rotate(this.#mustFind(id).id, number, token, at);
  }

  heads(ids: readonly string[]): ReadonlyMap<string, number> {
    return new Map(
      ids.flatMap((id): [string, number][] => {
        const room = this.#rooms.get(id);
        return room ? [[id, room.entries.length]] : [];
      }),
    );
  }

  listRooms({ after = '', limit }: RoomPage): ListedRoom[] {
    const ids = [...this.#rooms.keys()].filter((id) => id > after).toSorted();
    return ids.slice(0, Math.max(limit, 0)).map((id) => listPlainRoom(this.#mustFind(id)));
  }

  loadMeta(id: string): StoredMeta | null {
    const room = this.#rooms.get(id);
    if (!room) return null;
    const { title, language, file, locked, notes } = room;
    return { title, language, file: file && { ...file }, locked, redactions: notes.redactions };
  }

  loadRoom(id: string): StoredRoom | null {
    const room = this.#rooms.get(id);
    if (!room) return null;
    const { epoch, shard, title, language, createdAt, file, locked } = room;
    const snapshot = this.snapshotBefore(id, Infinity);
    const entries = room.entries.slice(snapshot?.rev ?? 0).map(ownBytes);
    const notes = room.notes.heads();
    return {
      id,
      epoch,
      shard,
      title,
      language,
      createdAt,
      file: file && { ...file },
      locked,
      redactions: room.notes.redactions,
      notes,
      snapshot,
      entries,
    };
  }

  entries(id: string, from: number, to: number, limit: number): Entry[] {
    const start = Math.max(from, 1) - 1;
    const end = Math.max(start, Math.min(to, start + Math.max(limit, 0)));
    return this.#rooms.get(id)?.entries.slice(start, end).map(ownBytes) ?? [];
  }

  marks(id: string, from: number, to: number, limit: number): EntryMarks {
    return marksOf(this.entries(id, from, to, limit));
  }

  snapshotBefore(id: string, upTo: number): Snapshot | null {
    let newest: Snapshot | null = null;
    for (const [rev, text] of this.#rooms.get(id)?.snapshots ?? []) {
      if (rev <= upTo && rev >= (newest?.rev ?? 0)) newest = { rev, text };
    }
    return newest;
  }

  append(id: string, batch: Batch): { ok: true } | { ok: false; rev: number } {
    const room = this.#mustFind(id);
    const known = new Map(room.authors.map((author) => [author.author, author]));
    const lastSeq = (number: number): number | undefined => {
      const author = known.get(number);
      return author && (author.last?.seq ?? 0);
    };
    const judged = judgeBatch(room.entries.length, batch, lastSeq, () => room.lineage !== null);
    if (judged.kind === 'conflict') {
      this.#witness.conflict?.(id);
      return { ok: false, rev: room.entries.length };
    }
    room.entries.push(...batch.entries);
    for (const [number, last] of judged.settled) {
      const author = known.get(number);
      if (author) author.last = { ...last };
    }
    if (batch.lineage) room.lineage = { root: batch.lineage.root, rev: 0, state: null };
    this.#witness.appended?.(id, batch);
    return { ok: true };
  }

  snapshotRevs(id: string): number[] {
    return [...(this.#rooms.get(id)?.snapshots.keys() ?? [])].toSorted((a, b) => a - b);
  }

  redact(id: string, redaction: Redaction): 'redacted' | 'conflict' {
    return redactPlainRoom(this.#mustFind(id), redaction);
  }

  saveSnapshot(id: string, snapshot: Snapshot, redactions?: number): void {
    const room = this.#mustFind(id);
    const head = room.entries.length;
    this.#witness.snapshot?.(id, snapshot);
    if (snapshot.rev > head) {
      throw new StorageRefused(`The log ends at revision ${head}; a snapshot of ${snapshot.rev} is beyond it.`);
    }
    if (redactions === undefined || redactions === room.notes.redactions) {
      room.snapshots.set(snapshot.rev, snapshot.text);
    }
  }

  loadLineage(id: string): StoredLineage | null {
    const lineage = this.#rooms.get(id)?.lineage;
    return lineage ? { ...lineage, state: lineage.state && new Uint8Array(lineage.state) } : null;
  }

  saveLineage(id: string, { rev, state }: { rev: number; state: Uint8Array }): void {
    const room = this.#mustFind(id);
    const head = room.entries.length;
    this.#witness.lineage?.(id, { rev, state });
    if (rev > head) throw new StorageRefused(`The log ends at revision ${head}; a Y.Doc of ${rev} is beyond it.`);
    if (!room.lineage) throw new StorageRefused('The room has no lineage.');
    if (rev >= room.lineage.rev) room.lineage = { root: room.lineage.root, rev, state };
  }

  openAuthor(id: string, given: NewAuthor): StoredAuthor {
    const room = this.#mustFind(id);
    const known = room.authors.find(({ client }) => client === given.client);
    if (known) {
      known.name = label(given.name) || known.name;
      known.person = label(given.person) || known.person;
      known.color = given.color || known.color;
      return copy(known);
    }
    const made = stored(given, Math.max(0, ...room.authors.map(({ author }) => author)) + 1);
    room.authors.push(made);
    return copy(made);
  }

  authors(id: string): StoredAuthor[] {
    return (
      this.#rooms
        .get(id)
        ?.authors.map(copy)
        .toSorted((a, b) => a.author - b.author) ?? []
    );
  }

  renameAuthor(id: string, number: number, name: string, color: number): void {
    const author = this.#mustFind(id).authors.find((one) => one.author === number);
    if (!author) throw new StorageRefused(`The room has no author ${number}.`);
    author.name = label(name);
    author.color = color;
  }

  setRoom(id: string, { title, language, file, locked }: RoomChange): void {
    const room = this.#mustFind(id);
    if (title !== undefined) room.title = label(title);
    if (language !== undefined) room.language = label(language);
    if (file !== undefined) room.file = file;
    if (locked !== undefined) room.locked = locked;
  }

  bar(id: string, guest: string, at: number): void {
    const { barred } = this.#mustFind(id);
    if (!barred.has(label(guest))) barred.set(label(guest), at);
  }

  isBarred(id: string, guests: readonly string[]): boolean {
    return guests.some((guest) => this.#rooms.get(id)?.barred.has(label(guest)) ?? false);
  }

  shutOut(id: string): ShutOut {
    const guests = [...(this.#rooms.get(id)?.barred ?? [])].map(([guest, at]) => ({ guest, at }));
    return { tokens: this.#links.retiredOf(id), guests: guests.toSorted((a, b) => (a.guest < b.guest ? -1 : 1)) };
  }

  /** Null for a room that is not there. */
  notes(id: string): NoteBook | null {
    return this.#rooms.get(id)?.notes ?? null;
  }

  /** For a write. */
  notesOf(id: string): NoteBook {
    return this.#mustFind(id).notes;
  }

  deleteRoom(id: string): void {
    this.#rooms.delete(id);
    this.#links.forget(id);
  }

  /** A copy of a room, as a backup has it. Null if there is no such room. */
  backup(id: string): DiskRoom | null {
    const room = this.#rooms.get(id);
    if (!room) return null;
    return {
      ...room,
      entries: [...room.entries],
      snapshots: new Map(room.snapshots),
      authors: room.authors.map(copy),
    };
  }

  /** Puts a backup in the room's place, under a new epoch. */
  restore(backup: DiskRoom, epoch: string): void {
    this.#rooms.set(backup.id, { ...backup, epoch });
  }

  #mustFind(id: string): DiskRoom {
    const room = this.#rooms.get(id);
    if (!room) throw new StorageRefused(`There is no room ${id}.`);
    return room;
  }
}

function stored({ client, person, name, color, kind, link }: NewAuthor, author: number): StoredAuthor {
  return { author, client, person: label(person), name: label(name), color, kind, link, last: null };
}

function ownBytes(entry: Entry): Entry {
  return entry.yjs ? Object.freeze({ ...entry, yjs: new Uint8Array(entry.yjs) }) : entry;
}

function copy(author: StoredAuthor): StoredAuthor {
  return { ...author, last: author.last && { ...author.last } };
}
