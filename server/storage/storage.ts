import type { Op } from '../../lib/ot/index.ts';
import type { Role } from '../../lib/protocol/index.ts';
import type { NoteHeads, NoteStorage } from './notes.ts';
import type { RedactionStorage } from './redaction.ts';

/**
 * Where rooms are kept. Every engine passes storage-contract.ts. A promise that resolves means: durable (P2).
 * A promise that rejects with `StorageUnavailable` means: nothing was written, or it cannot be known; ask again.
 * One that rejects with `StorageRefused` means: nothing was written, and the same question gets the same answer.
 * Several processes may share one engine later, so `append` and `createRoom` are conditional and everything else
 * is safe to repeat. Reads see committed writes only, and every write that resolved before they were asked.
 *
 * Texts (op, snapshot, root) come back unit for unit if they are clean (P6), U+0000 included, and bytes byte for byte.
 * Labels (title, language, name, person, guest) lose their U+0000, which no database keeps reliably.
 */
export interface Storage extends NoteStorage, RedactionStorage {
  /**
   * Makes room, links and authors in one transaction; `taken` (and nothing written) if the id or a token exists, a
   * retired one included. After a `StorageUnavailable` the first try may have succeeded: then the second says `taken`,
   * and `findLink` of the new token names the new id.
   */
  createRoom(room: NewRoom): Promise<'created' | 'taken'>;
  /**
   * The link that a token opens or once opened; null for a token that no room has. Links that were revoked are found. So
   * is a token that was rotated away: then `token` is the one that was asked for, so that nobody learns the new one by
   * the old, and `revokedAt` is when it was retired.
   */
  findLink(token: string): Promise<Link | null>;
  /** All links of a room, oldest first, revoked ones too. `uses`: the authors that first came by it. */
  links(room: string): Promise<CountedLink[]>;
  /**
   * Gives a room one more link, under the next number; `taken` (and nothing written) if the token exists anywhere, a
   * retired one included. Safe to repeat after a `StorageUnavailable`: if the token is the newest of a link of this room
   * with the same role and `createdAt`, that link is what the first try made, and its number the answer. Refused: an
   * unknown room.
   */
  makeLink(room: string, link: NewLink): Promise<{ number: number } | 'taken'>;
  /** Changes what is given, and leaves the rest. A link that is revoked keeps its first `revokedAt`. Refused: an unknown room or link. */
  changeLink(room: string, number: number, change: LinkChange): Promise<void>;
  /**
   * Gives a link another token and retires the old one at `at` (ms since 1970), for ever; `taken` (and nothing written) if
   * the new token exists anywhere else, a retired one included. `rotated`, with nothing written, if it is the link's
   * already: then this was a repetition. Refused: an unknown or a revoked link.
   */
  rotateLink(room: string, number: number, token: string, at: number): Promise<'rotated' | 'taken'>;
  /** The newest revision of each of these rooms, 0 for one without entries. A room that does not exist is left out. */
  heads(rooms: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * Rooms ascending by id (as ASCII), those after `after` or from the first, at most `limit`. It weighs the whole log of
   * each, so pages should be short.
   */
  listRooms(page: RoomPage): Promise<ListedRoom[]>;
  /** What `setRoom` has set last. Null if there is no such room. */
  loadMeta(room: string): Promise<StoredMeta | null>;
  /** Meta, the newest snapshot, and all entries after it: one consistent picture. Null if there is no such room. */
  loadRoom(room: string): Promise<StoredRoom | null>;
  /** Entries `from` … `to` inclusive, at most `limit`, ascending and without gaps; fewer if the log ends before. */
  entries(room: string, from: number, to: number, limit: number): Promise<Entry[]>;
  /** Who made these entries and when, and nothing of what they did: some hundredth of the weight of `entries`, page for page. */
  marks(room: string, from: number, to: number, limit: number): Promise<EntryMarks>;
  /**
   * Newest snapshot at or before `rev`; null means: start from the empty text at revision 0. The newest of a room always
   * stays; older ones that lie within 500 revisions of each other may be thinned out.
   */
  snapshotBefore(room: string, rev: number): Promise<Snapshot | null>;
  /**
   * The conditional append, the only arbiter of order (P1): all of `batch` or nothing. Entries must start at the
   * newest revision + 1. Not `ok` (a conflict; `rev`: the newest) if that revision exists already, or if a `seq` is
   * not beyond the last settled one of its author (P3), or if it records a lineage and the room has one (P12). The
   * last two can happen without new entries: then `authors` and `loadLineage` tell. Refused: an unknown room or author,
   * a batch with holes, with a `seq` twice or out of order, settled beyond the log, or that begins beyond the newest
   * revision + 1 (the caller believes in entries that this log does not have); an identity without bytes; bytes in a
   * room whose lineage neither the log nor the batch records; a batch that records one without bytes.
   */
  append(room: string, batch: Batch): Promise<{ ok: true } | { ok: false; rev: number }>;
  /**
   * For engines that can write a few edits without anybody waiting: appends to several rooms, and what it says true of is as durable
   * when it returns as after `append`. Where it says false nothing was done; then ask `append`. One batch for each room.
   */
  appendNow?(batches: readonly { room: string; batch: Batch }[]): readonly boolean[];
  /**
   * Overwrites an older snapshot at the same revision. `redactions`: of how many the text knows; nothing is written if there was
   * one since. Refused beyond the log, or for an unknown room.
   */
  saveSnapshot(room: string, snapshot: Snapshot, redactions?: number): Promise<void>;
  /** The room's Yjs lineage (P12), without the bytes of entries. Null if no batch has recorded one. */
  loadLineage(room: string): Promise<StoredLineage | null>;
  /**
   * Keeps `state`, the lineage's Y.Doc at revision `rev`, in place of what was saved before; one that is older than that
   * is ignored. Refused beyond the log, for an unknown room, or for one without a lineage.
   */
  saveLineage(room: string, saved: { rev: number; state: Uint8Array }): Promise<void>;
  /**
   * The author number of `client` in `room`, made on first sight, with what is settled of it. Updates name, colour
   * and person when given: an empty name or person, or colour 0, leaves what is stored. `kind` and `link` stay as first
   * seen. Writes nothing if nothing changed. Refused: an unknown room.
   */
  openAuthor(room: string, author: NewAuthor): Promise<StoredAuthor>;
  /** Everybody who ever joined with an author number, ascending by it. */
  authors(room: string): Promise<StoredAuthor[]>;
  /** Refused: an unknown author. */
  renameAuthor(room: string, author: number, name: string, color: number): Promise<void>;
  /** Changes what is given, and leaves the rest. Refused: an unknown room. */
  setRoom(room: string, meta: RoomChange): Promise<void>;
  /** Keeps a guest out of a room, since `at` (ms since 1970); again changes nothing. Guests are labels. Refused: an unknown room. */
  bar(room: string, guest: string, at: number): Promise<void>;
  /**
   * The link of a token, as `findLink` has it, and whether any of these guests is kept out of its room: what a door asks, in one
   * question. Null for an unknown token.
   */
  findDoor(token: string, guests: readonly string[]): Promise<Door | null>;
  /** Is any of these guests kept out? */
  isBarred(room: string, guests: readonly string[]): Promise<boolean>;
  /** What is kept out of a room, for whoever copies it. Empty for an unknown room. */
  shutOut(room: string): Promise<ShutOut>;
  /**
   * Ends a room with everything of it; afterwards its id and tokens are unknown and free. Does nothing for an unknown
   * room, so a second time too. When it resolves, nobody can ask for it, and the embedded engine's files have no byte of what
   * people wrote there, nor of names or tokens. One exception: another program that reads the files (a backup) delays the
   * wiping, and after some seconds it is not waited for; the wiping is done as soon as it can be, and outlives a restart.
   * The bytes that a database server keeps (of dead rows until its vacuum, and in its log) are its own matter.
   */
  deleteRoom(room: string): Promise<void>;
  /**
   * Resolves when of all that was deleted or redacted before there is no byte left where `deleteRoom` leaves none, with the same
   * exception. After a crash in between that is more than the answers of then said.
   */
  erased(): Promise<void>;
  /** Resolves if the engine can write durably right now. For /readyz. */
  probe(): Promise<void>;
  /** Flushes and releases everything. Calls after it reject with `StorageUnavailable`; a second `close` does nothing. */
  close(): Promise<void>;
}

export interface NewRoom {
  /** Internal id, never shown: 22 base62 characters. */
  id: string;
  /** Identity of the log. */
  epoch: string;
  /** Where a balancer sends it: 8 hex digits, no secret. */
  shard: string;
  title: string;
  language: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Numbered from 1 in this order; without a name, an expiry or a password, and as old as the room. */
  links: readonly { token: string; role: Role }[];
  /** Authors that joined before the room existed; their numbers were given by the room. */
  authors: readonly (NewAuthor & { author: number })[];
}

export interface Link extends NewLink {
  room: string;
  /** 1, 2, 3 … in a room; stands for one link for ever. */
  number: number;
  /** When it ceased to open anything, ms since 1970; null while it does. */
  revokedAt: number | null;
}

/** What stands behind a token, for whoever knocks. */
export interface Door {
  link: Link;
  /** Is the one who knocks kept out of the room? */
  isBarred: boolean;
}

export interface NewLink {
  token: string;
  role: Role;
  /** For the owner's eyes; a label. */
  name: string;
  /** Ms since 1970. */
  createdAt: number;
  /** Ms since 1970; null: never. */
  expiresAt: number | null;
  /** Null: no password is asked for. */
  passwordHash: string | null;
}

export interface CountedLink extends Link {
  uses: number;
}

export interface ShutOut {
  /** Those that were rotated away, oldest first, with their link's number. */
  tokens: { token: string; number: number; at: number }[];
  /** Those that were removed, by name. */
  guests: { guest: string; at: number }[];
}

/** What can change of a link. `revokedAt` only ever goes from null to a time. */
export type LinkChange = Partial<Pick<NewLink, 'name' | 'expiresAt' | 'passwordHash'>> & { revokedAt?: number };

/** What can change of a room. */
export type RoomChange = Partial<Pick<StoredRoom, 'title' | 'language' | 'file' | 'locked'>>;

/** What `setRoom` changes, and what it does not. */
export interface StoredMeta {
  title: string;
  language: string;
  /** Null: made here, so it has no file to be faithful to. */
  file: FileShape | null;
  /** Nobody may edit it. */
  locked: boolean;
  /** How often letters were taken out of the history: whoever has the room in memory from before has them still. */
  redactions: number;
}

export interface StoredRoom extends StoredMeta {
  id: string;
  epoch: string;
  /** As it was made; of a room from before there were shards, the hash of its id (shard.ts). */
  shard: string;
  createdAt: number;
  /** What there is besides the text. */
  notes: NoteHeads;
  snapshot: Snapshot | null;
  entries: Entry[];
}

export interface RoomPage {
  after?: string;
  limit: number;
}

/** What a room is, without a word of its text. */
export interface ListedRoom {
  id: string;
  title: string;
  /** Ms since 1970. */
  createdAt: number;
  /** Newest revision. */
  rev: number;
  /**
   * Bytes of its ops as JSON (UTF-8) or as they are packed, of snapshots, of notes, and of what is stored for Yjs; what a database
   * adds is not counted.
   */
  bytes: number;
  /** When the newest entry was taken, ms since 1970; null without entries. */
  lastEditAt: number | null;
}

/** How an imported file's bytes differ from our text, so that a download can give them back. */
export interface FileShape {
  bom: boolean;
  /** The line end that most lines had. */
  lineEnd: '\n' | '\r\n' | '\r';
}

export interface Snapshot {
  rev: number;
  text: string;
}

/** One revision in a room's log. */
export interface Entry {
  rev: number;
  author: number;
  seq: number;
  /** When the server took it, ms since 1970. */
  at: number;
  /** Identity only with bytes beside it. */
  op: Op;
  /** What the entry did to the room's Y.Doc: an update, format v1. Absent for an entry that did not pass through one. */
  yjs?: Uint8Array;
}

/** One entry after the other, as columns, which pass between threads at next to no price. */
export interface EntryMarks {
  /** `Entry.author` of each. */
  authors: Uint32Array;
  /** `Entry.at` of each. */
  times: Float64Array;
}

export interface Batch {
  entries: readonly Entry[];
  /** Edits that became identity: settled without an entry, at the newest revision then. */
  settled: readonly { author: number; seq: number; rev: number }[];
  /** Records, once for ever, that the room has a Yjs lineage whose text stands under this root name. */
  lineage?: { root: string };
}

/** A room's Y.Doc is `state`, and on it the bytes of the entries after `rev`. */
export interface StoredLineage {
  root: string;
  /** The revision that `state` stands for; 0 before the first save. */
  rev: number;
  /** The newest that was saved, an update, format v1; null before the first save. */
  state: Uint8Array | null;
}

export interface NewAuthor {
  client: string;
  person: string;
  name: string;
  color: number;
  kind: 'ot' | 'yjs' | 'api';
  /** Number of the link by which it first came; 0: unknown. */
  link: number;
}

export interface StoredAuthor extends NewAuthor {
  /** 1, 2, 3 … in a room; stands for one client for ever. */
  author: number;
  /** Newest settled `seq` and its revision; null before the first edit. */
  last: { seq: number; rev: number } | null;
}

/** The engine could not write or read. `message` is for the log and, without details, for people. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** The caller asked for something that cannot be right, such as an append to a room that does not exist: a bug, not bad luck. */
export class StorageRefused extends Error {
  override readonly name = 'StorageRefused';
}
