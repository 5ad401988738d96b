import type { Text } from '../../lib/ot/index.ts';
import { CloseCode, ProtocolFault, type ChatMessage, type Thread } from '../../lib/protocol/index.ts';
import { RoomTaken, roomTaken } from '../room/birth.ts';
import { frameOf } from '../room/frame.ts';
import type { ChatPage, NoteHeads } from '../storage/notes.ts';
import { StorageUnavailable, type Entry } from '../storage/storage.ts';
import { Anchors } from './anchors.ts';
import { NoteRefused } from './note-refused.ts';
import type { ChatWish, CommentWish, NotedRoom, NotesDeps, NoteNews, Speaker } from './noted-room.ts';
import { RoomChat } from './room-chat.ts';
import { RoomThreads } from './room-threads.ts';

/** When the store could not write, or too much waits: soon enough for people, seldom enough for a disk in trouble. */
const RETRY_MS = 2_000;

/**
 * Chat and comments of a loaded room: read when the room has any, written durably before anybody is told, with passages that are
 * moved along with the text. Whatever reads or writes happens in turn, so that everybody is told in one order.
 */
export class RoomNotes {
  readonly #deps: NotesDeps;
  readonly #room: NotedRoom;
  readonly #anchors: Anchors;
  readonly #chat: RoomChat;
  readonly #threads: RoomThreads;
  /** Changes of threads that the storage had when they were read. */
  #changes: number;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #loading: Promise<void> | null = null;
  #isReady: boolean;
  #savedRev: number;

  /** `heads`: what the storage has besides the text. */
  constructor(deps: NotesDeps, room: NotedRoom, text: Text, heads: NoteHeads) {
    this.#deps = deps;
    this.#room = room;
    this.#anchors = new Anchors(deps, room, text, (author) => room.nameOf(author));
    this.#chat = new RoomChat(deps, room, this.#anchors, heads.chat);
    this.#threads = new RoomThreads(deps, room, this.#anchors);
    this.#changes = heads.threads;
    this.#isReady = heads.chat === 0 && heads.threads === 0;
    this.#savedRev = room.rev;
  }

  /** False until what is stored was read: then `ready` is to be waited for. A room without notes always is. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Something is being read or written. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** For `welcome`. */
  get heads(): { chat?: number; threads?: number } {
    const { newest } = this.#chat;
    const { open } = this.#threads;
    return { ...(newest > 0 && { chat: newest }), ...(open > 0 && { threads: open }) };
  }

  /** Reads what is stored, once. Rejects with `StorageUnavailable`, and tries again when it is called again. */
  ready(): Promise<void> {
    if (this.#isReady) return Promise.resolve();
    this.#loading ??= this.#inTurn(() => this.#load()).finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Begins to read what is stored, so that passages do not fall behind. A failure is met again by whoever needs them. */
  begin(): void {
    this.ready().catch(() => undefined);
  }

  /** The room is about to apply an entry. */
  entry(entry: Entry): void {
    const gone = this.#anchors.apply(entry);
    if (gone.length === 0) return;
    this.#later('a deleted passage', async () => {
      await this.#anchors.nameWhoDeleted(gone);
      await this.#deps.storage.saveAnchors(this.#room.id, this.#anchors.toSave(gone), this.#room.redactions);
      for (const { of, id } of gone) if (of === 'thread') this.#threads.tell(id);
    });
  }

  /** Stores where all passages are, if that is news. */
  save(): void {
    if (this.#room.rev === this.#savedRev || this.#anchors.size === 0) return;
    const { rev } = this.#room;
    this.#later('where passages are', async () => {
      await this.#deps.storage.saveAnchors(this.#room.id, this.#anchors.toSave(), this.#room.redactions);
      this.#savedRev = rev;
    });
  }

  /** Resolves when nothing is being read or written. */
  async settled(): Promise<void> {
    while (this.#waiting > 0) await this.#queue.catch(() => undefined);
  }

  /** Does what a member wishes. Whatever is refused is told to it; rejects with a fault that its socket is to be ended with. */
  async take(speaker: Speaker, wish: ChatWish | CommentWish): Promise<void> {
    try {
      if (this.#waiting >= this.#deps.limits.notesWaiting) {
        throw new NoteRefused('too-fast', 'Too many messages are waiting in this room.', RETRY_MS);
      }
      await this.#inTurn(() => this.#do(speaker, wish));
    } catch (error) {
      const refused = error instanceof StorageUnavailable ? this.#storeDown(error) : error;
      if (!(refused instanceof NoteRefused)) throw error instanceof RoomTaken ? roomTaken() : error;
      const { code, message, retryMs } = refused;
      speaker.send(frameOf({ t: 'error', code, message, id: wish.id, retryMs }));
    }
  }

  /** Another node says that there is something new. */
  heard(news: NoteNews): void {
    this.#later('what another node was told', async () => {
      await this.#load();
      if ('chat' in news) await this.#chat.heard(news.chat);
      else await this.#threads.heard(news.thread);
    });
  }

  /** Looks whether the storage has anything new. Rejects with `StorageUnavailable`. */
  async refresh(): Promise<void> {
    if (!this.#room.exists) return;
    await this.#inTurn(async () => {
      await this.#load();
      const heads = await this.#deps.storage.noteHeads(this.#room.id);
      await this.#chat.heard(heads.chat);
      if (heads.threads === this.#changes) return;
      await this.#threads.reload();
      this.#changes = heads.threads;
    });
  }

  /** A page of the chat, and the revision at which its quotes are. */
  async chatPage(page: ChatPage): Promise<{ rev: number; messages: ChatMessage[]; newest: number }> {
    await this.ready();
    const messages = this.#room.exists ? await this.#chat.page(page) : [];
    return { rev: this.#room.rev, messages, newest: this.#chat.newest };
  }

  /** All threads of comments, and the revision at which their passages are. */
  async allThreads(): Promise<{ rev: number; threads: Thread[] }> {
    await this.ready();
    return { rev: this.#room.rev, threads: this.#threads.all() };
  }

  async #load(): Promise<void> {
    if (this.#isReady) return;
    await this.#chat.load();
    await this.#threads.load();
    await this.#anchors.catchUp();
    this.#isReady = true;
  }

  async #do(speaker: Speaker, wish: ChatWish | CommentWish): Promise<void> {
    await this.#load();
    if (this.#room.closed) {
      throw new ProtocolFault('internal', CloseCode.INTERNAL, 'This room is being closed. Joining it again.');
    }
    if (!this.#room.exists) await this.#room.setMeta({});
    if (wish.t === 'chat') await this.#chat.say(speaker, wish);
    else await this.#threads.act(speaker, wish);
  }

  #storeDown(error: StorageUnavailable): NoteRefused {
    this.#deps.log.error({ room: this.#room.id, reason: error.message }, 'a note could not be written');
    return new NoteRefused('store-down', 'The server cannot write to its disk now.', RETRY_MS);
  }

  /** What nobody waits for; what fails comes again with the next occasion. */
  #later(what: string, work: () => Promise<void>): void {
    this.#inTurn(work).catch((error: unknown) =>
      this.#deps.log.warn({ room: this.#room.id, what, reason: String(error) }, 'notes fell behind'),
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const running = this.#queue.then(work, work).finally(() => this.#waiting--);
    this.#queue = running.catch(() => undefined);
    return running;
  }
}
