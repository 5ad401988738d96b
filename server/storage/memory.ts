import { label } from './label.ts';
import { marksOf } from './marks-of.ts';
import { judgeBatch } from './judge-batch.ts';
import { listPlainRoom } from './list-plain-room.ts';
import { LinkBook } from './link-book.ts';
import { NoteBook } from './note-book.ts';
import { redactPlainRoom } from './redact-plain-room.ts';
import {
  StorageRefused,
  StorageUnavailable,
  type Entry,
  type FileShape,
  type NewAuthor,
  type Snapshot,
  type Storage,
  type StoredAuthor,
  type StoredLineage,
} from './storage.ts';

export interface MemoryHooks {
  /** Awaited before a write takes place; `what` is the method's name. It may hold the write, or throw in its place. */
  beforeWrite?: (what: string) => Promise<void>;
}

interface MemoryRoom {
  id: string;
  epoch: string;
  shard: string;
  title: string;
  language: string;
  createdAt: number;
  file: FileShape | null;
  locked: boolean;
  entries: Entry[];
  snapshots: Map<number, string>;
  authors: StoredAuthor[];
  lineage: StoredLineage | null;
  barred: Map<string, number>;
  notes: NoteBook;
}

/** Keeps everything in this process and nothing on disk: for unit tests. What goes in or comes out is a copy. */
export function createMemoryStorage(hooks: MemoryHooks = {}): Storage {
  const rooms = new Map<string, MemoryRoom>();
  const links = new LinkBook();
  const inFlight = new Set<Promise<unknown>>();
  let open = true;

  function read<T>(get: () => T): Promise<T> {
    return answer(() => structuredClone(get()));
  }

  async function write<I, T>(what: string, input: I, run: (input: I) => T): Promise<T> {
    const copy = structuredClone(input);
    return answer(async () => {
      await hooks.beforeWrite?.(what);
      return structuredClone(run(copy));
    });
  }

  async function answer<T>(run: () => T | Promise<T>): Promise<T> {
    if (!open) throw new StorageUnavailable('The store is closed.');
    const answering = (async () => run())();
    inFlight.add(answering);
    try {
      return await answering;
    } finally {
      inFlight.delete(answering);
    }
  }

  function mustFind(id: string): MemoryRoom {
    const room = rooms.get(id);
    if (!room) throw new StorageRefused(`There is no room ${id}.`);
    return room;
  }

  function keepsOut(id: string, guests: readonly string[]): boolean {
    return guests.some((guest) => rooms.get(id)?.barred.has(guest) ?? false);
  }

  return {
    createRoom: (input) =>
      write('createRoom', input, (room) => {
        if (rooms.has(room.id) || room.links.some(({ token }) => links.has(token))) return 'taken';
        const { id, epoch, shard, createdAt } = room;
        links.enter(room);
        const entries: Entry[] = [];
        rooms.set(id, {
          id,
          epoch,
          shard,
          createdAt,
          title: label(room.title),
          language: label(room.language),
          file: null,
          locked: false,
          entries,
          snapshots: new Map(),
          authors: room.authors.map((author) => stored(author, author.author)),
          lineage: null,
          barred: new Map(),
          notes: new NoteBook(() => entries.length),
        });
        return 'created';
      }),

    findLink: (token) => read(() => links.find(token)),

    links: (room) =>
      read(() => {
        const cameBy = (number: number): number =>
          rooms.get(room)?.authors.filter(({ link }) => link === number).length ?? 0;
        return links.of(room).map((link) => ({ ...link, uses: cameBy(link.number) }));
      }),

    makeLink: (id, input) => write('makeLink', input, (link) => links.make(mustFind(id).id, link)),

    changeLink: (id, number, input) =>
      write('changeLink', input, (change) => links.change(mustFind(id).id, number, change)),

    rotateLink: (id, number, token, at) =>
      write('rotateLink', null, () => links.rotate(mustFind(id).id, number, token, at)),

    heads: (ids) => {
      const asked = [...ids];
      return read(() => new Map(asked.flatMap((id) => headOf(rooms.get(id)))));
    },

    listRooms: ({ after = '', limit }) =>
      read(() =>
        [...rooms.values()]
          .filter(({ id }) => id > after)
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, Math.max(limit, 0))
          .map(listPlainRoom),
      ),

    loadMeta: (id) =>
      read(() => {
        const room = rooms.get(id);
        if (!room) return null;
        const { title, language, file, locked, notes } = room;
        return { title, language, file, locked, redactions: notes.redactions };
      }),

    loadRoom: (id) =>
      read(() => {
        const room = rooms.get(id);
        if (!room) return null;
        const snapshot = newestSnapshot(room, Infinity);
        const { epoch, shard, title, language, createdAt, file, locked } = room;
        return {
          id,
          epoch,
          shard,
          title,
          language,
          createdAt,
          file,
          locked,
          redactions: room.notes.redactions,
          notes: room.notes.heads(),
          snapshot,
          entries: room.entries.slice(snapshot?.rev ?? 0),
        };
      }),

    entries: (room, from, to, limit) => read(() => entriesOf(rooms.get(room), from, to, limit)),

    marks: (room, from, to, limit) => read(() => marksOf(entriesOf(rooms.get(room), from, to, limit))),

    snapshotBefore: (id, rev) =>
      read(() => {
        const room = rooms.get(id);
        return room ? newestSnapshot(room, rev) : null;
      }),

    append: (id, input) =>
      write('append', input, (batch) => {
        const room = mustFind(id);
        const author = (number: number): StoredAuthor | undefined => room.authors.find((one) => one.author === number);
        const lastSeq = (number: number): number | undefined => {
          const known = author(number);
          return known && (known.last?.seq ?? 0);
        };
        const judged = judgeBatch(room.entries.length, batch, lastSeq, () => room.lineage !== null);
        if (judged.kind === 'conflict') return { ok: false, rev: room.entries.length };
        room.entries.push(...batch.entries);
        for (const [number, last] of judged.settled) {
          const known = author(number);
          if (known) known.last = last;
        }
        if (batch.lineage) room.lineage = { root: batch.lineage.root, rev: 0, state: null };
        return { ok: true };
      }),

    snapshotRevs: (id) => read(() => [...(rooms.get(id)?.snapshots.keys() ?? [])].toSorted((a, b) => a - b)),

    redact: (id, input) => write('redact', input, (redaction) => redactPlainRoom(mustFind(id), redaction)),

    saveSnapshot: (id, input, redactions) =>
      write('saveSnapshot', input, ({ rev, text }) => {
        const room = mustFind(id);
        if (rev > room.entries.length) {
          throw new StorageRefused(
            `The log ends at revision ${room.entries.length}; a snapshot of ${rev} is beyond it.`,
          );
        }
        if (redactions === undefined || redactions === room.notes.redactions) room.snapshots.set(rev, text);
      }),

    loadLineage: (id) => read(() => rooms.get(id)?.lineage ?? null),

    saveLineage: (id, input) =>
      write('saveLineage', input, ({ rev, state }) => {
        const room = mustFind(id);
        if (rev > room.entries.length) {
          throw new StorageRefused(`The log ends at revision ${room.entries.length}; a Y.Doc of ${rev} is beyond it.`);
        }
        if (!room.lineage) throw new StorageRefused('The room has no lineage.');
        if (rev >= room.lineage.rev) room.lineage = { root: room.lineage.root, rev, state };
      }),

    openAuthor: (id, input) =>
      write('openAuthor', input, (author) => {
        const room = mustFind(id);
        const known = room.authors.find(({ client }) => client === author.client);
        if (known) {
          known.name = label(author.name) || known.name;
          known.person = label(author.person) || known.person;
          known.color = author.color || known.color;
          return known;
        }
        const made = stored(author, Math.max(0, ...room.authors.map((one) => one.author)) + 1);
        room.authors.push(made);
        return made;
      }),

    authors: (room) => read(() => rooms.get(room)?.authors.toSorted((a, b) => a.author - b.author) ?? []),

    renameAuthor: (id, number, name, color) =>
      write('renameAuthor', { name, color }, (given) => {
        const author = mustFind(id).authors.find((one) => one.author === number);
        if (!author) throw new StorageRefused(`The room has no author ${number}.`);
        author.name = label(given.name);
        author.color = given.color;
      }),

    setRoom: (id, input) =>
      write('setRoom', input, ({ title, language, file, locked }) => {
        const room = mustFind(id);
        if (title !== undefined) room.title = label(title);
        if (language !== undefined) room.language = label(language);
        if (file !== undefined) room.file = file;
        if (locked !== undefined) room.locked = locked;
      }),

    bar: (id, guest, at) =>
      write('bar', null, () => {
        const { barred } = mustFind(id);
        const name = label(guest);
        if (!barred.has(name)) barred.set(name, at);
      }),

    findDoor: (token, guests) => {
      const asked = guests.map(label);
      return read(() => {
        const link = links.find(token);
        return link && { link, isBarred: keepsOut(link.room, asked) };
      });
    },

    isBarred: (room, guests) => {
      const asked = guests.map(label);
      return read(() => keepsOut(room, asked));
    },

    shutOut: (id) =>
      read(() => {
        const guests = [...(rooms.get(id)?.barred ?? [])].map(([guest, at]) => ({ guest, at }));
        return { tokens: links.retiredOf(id), guests: guests.toSorted((a, b) => (a.guest < b.guest ? -1 : 1)) };
      }),

    noteHeads: (id) => read(() => rooms.get(id)?.notes.heads() ?? { chat: 0, threads: 0 }),
    addChat: (id, input, keep, redactions) =>
      write('addChat', input, (message) => mustFind(id).notes.addChat(message, keep, redactions)),
    chat: (id, page) => read(() => rooms.get(id)?.notes.chat(page) ?? []),
    threads: (id) => read(() => rooms.get(id)?.notes.threads() ?? []),
    thread: (id, thread) => read(() => rooms.get(id)?.notes.thread(thread) ?? null),
    changeThread: (id, thread, input, redactions) =>
      write('changeThread', input, (act) => mustFind(id).notes.changeThread(thread, act, redactions)),
    saveAnchors: (id, input, redactions) =>
      write('saveAnchors', input, (anchors) => mustFind(id).notes.saveAnchors(anchors, redactions)),
    versions: (id) => read(() => rooms.get(id)?.notes.versions() ?? []),
    addVersion: (id, input) => write('addVersion', input, (version) => mustFind(id).notes.addVersion(version)),
    renameVersion: (id, rev, name) => write('renameVersion', name, () => mustFind(id).notes.renameVersion(rev, name)),
    deleteVersion: (id, rev) => write('deleteVersion', null, () => mustFind(id).notes.deleteVersion(rev)),

    deleteRoom: (id) =>
      write('deleteRoom', null, () => {
        rooms.delete(id);
        links.forget(id);
      }),

    erased: () => read(() => undefined),

    probe: () => write('probe', null, () => undefined),

    close: async () => {
      open = false;
      await Promise.allSettled(inFlight);
    },
  };
}

function stored({ client, person, name, color, kind, link }: NewAuthor, author: number): StoredAuthor {
  return { author, client, person: label(person), name: label(name), color, kind, link, last: null };
}

function headOf(room: MemoryRoom | undefined): [string, number][] {
  return room ? [[room.id, room.entries.length]] : [];
}

function entriesOf(room: MemoryRoom | undefined, from: number, to: number, limit: number): Entry[] {
  const start = Math.max(from, 1) - 1;
  return room?.entries.slice(start, Math.max(start, Math.min(to, start + Math.max(limit, 0)))) ?? [];
}

function newestSnapshot(room: MemoryRoom, upTo: number): Snapshot | null {
  let newest: Snapshot | null = null;
  for (const [rev, text] of room.snapshots) if (rev <= upTo && rev >= (newest?.rev ?? 0)) newest = { rev, text };
  return newest;
}
