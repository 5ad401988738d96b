import type { Anchor, ChatMessage } from '../../lib/protocol/index.ts';
import { frameOf } from '../room/frame.ts';
import type { ChatPage, StoredChat } from '../storage/notes.ts';
import type { Anchors } from './anchors.ts';
import type { Followed } from './followed.ts';
import { chatMessage } from './note-frames.ts';
import type { ChatWish, NotedRoom, NotesDeps, Speaker } from './noted-room.ts';

/** More messages than this that were missed are not told one by one: numbers tell everybody that some are missing. */
const TOLD_MOST = 100;

/** What is said in a room. Methods that write are called one after the other. */
export class RoomChat {
  readonly #deps: NotesDeps;
  readonly #room: NotedRoom;
  readonly #anchors: Anchors;
  #newest: number;
  /** Quotes that are moved along, by their messages' numbers. */
  readonly #quotes = new Map<number, Followed>();

  constructor(deps: NotesDeps, room: NotedRoom, anchors: Anchors, newest: number) {
    this.#deps = deps;
    this.#room = room;
    this.#anchors = anchors;
    this.#newest = newest;
  }

  /** Number of the newest message that was told here; 0 without any. */
  get newest(): number {
    return this.#newest;
  }

  /** Reads the quotes that are to be followed. They may be behind the room then. */
  async load(): Promise<void> {
    if (this.#newest === 0) return;
    const { storage, limits } = this.#deps;
    const after = Math.max(0, this.#newest - limits.quotesFollowed);
    for (const one of await storage.chat(this.#room.id, { after, limit: limits.quotesFollowed })) this.#follow(one);
  }

  /** Says something, durably first. Whoever repeats an id hears what was said under it. */
  async say(speaker: Speaker, { id, text, quote }: ChatWish): Promise<void> {
    const { storage, clock, limits } = this.#deps;
    const { author, name, color } = speaker.person;
    const followed = quote ? await this.#anchors.place('chat', id, quote) : null;
    let stored: StoredChat;
    try {
      const said = { id, author, name, color, at: clock.now(), text, quote: followed && { ...followed.anchor } };
      stored = await storage.addChat(this.#room.id, said, limits.chatKept, this.#room.redactions);
    } catch (error) {
      if (followed) this.#anchors.forget(followed);
      throw error;
    }
    const isNew = stored.n > this.#newest;
    if (followed && isNew) this.#quotes.set(stored.n, followed);
    else if (followed) this.#anchors.forget(followed);
    if (!isNew) return speaker.send(this.#frame(stored));
    if (stored.n > this.#newest + 1) await this.#tellAfter(stored.n - 1);
    this.#tell(stored);
    this.#room.noted({ chat: stored.n });
  }

  /** The storage has messages up to `newest`, as somebody says. */
  async heard(newest: number): Promise<void> {
    if (newest <= this.#newest) return;
    await this.#tellAfter(newest);
  }

  /** A page of what was said, with quotes as they are now. */
  async page(page: ChatPage): Promise<ChatMessage[]> {
    const stored = await this.#deps.storage.chat(this.#room.id, page);
    return stored.map((one) => chatMessage(one, this.#quoteOf(one)));
  }

  async #tellAfter(upTo: number): Promise<void> {
    const after = Math.max(this.#newest, upTo - TOLD_MOST);
    const read = await this.#deps.storage.chat(this.#room.id, { after, limit: TOLD_MOST });
    const missed = read.filter(({ n }) => n > this.#newest && n <= upTo);
    for (const one of missed) this.#follow(one);
    await this.#anchors.catchUp();
    for (const one of missed) this.#tell(one);
  }

  #tell(stored: StoredChat): void {
    this.#newest = stored.n;
    for (const [n, followed] of this.#quotes) {
      if (n > stored.n - this.#deps.limits.quotesFollowed) continue;
      this.#quotes.delete(n);
      this.#anchors.forget(followed);
    }
    this.#room.tell(this.#frame(stored));
  }

  #follow({ n, id, quote }: StoredChat): void {
    if (quote && !this.#quotes.has(n)) this.#quotes.set(n, this.#anchors.follow('chat', id, quote));
  }

  #frame(stored: StoredChat): Buffer {
    const followed = this.#quotes.get(stored.n);
    const rev = followed ? this.#anchors.revOf(followed) : this.#room.rev;
    return frameOf({ t: 'chat', rev, message: chatMessage(stored, this.#quoteOf(stored)) });
  }

  #quoteOf({ n, quote }: StoredChat): Anchor | null {
    const followed = this.#quotes.get(n);
    if (followed) return this.#anchors.shown(followed);
    return quote && { from: 0, to: 0, text: quote.text, gone: quote.gone };
  }
}
