import type { EditorView } from '@codemirror/view';
import {
  cleanNote,
  MAX_NOTE,
  TalkQueue,
  type ChatMessage,
  type RoomClient,
  type Stamp,
  type TalkEvent,
  type TalkMessage,
  type Unanswered,
} from '../../lib/client/index.ts';
import { AnchorKeeper } from './anchor-keeper.ts';
import { CHAT_PAGE, chatMessageIn, type ChatPage } from './notes-api.ts';
import type { Place } from './passages.ts';
import { stampOf } from './stamp.ts';

/** What of the chat is to be seen; another object after every change. */
export interface ChatView {
  /** Without a hole, ascending; older ones may be missing. */
  messages: readonly ChatMessage[];
  /** Of this screen, not answered yet. */
  waiting: readonly Waiting[];
  /** Of the newest messages. */
  load: 'loading' | 'ready' | 'failed';
  older: 'none' | 'some' | 'loading' | 'failed';
}

export interface Waiting {
  id: string;
  text: string;
  /** The words of the passage that is quoted. */
  quote: string | null;
  state: Unanswered['state'];
}

/** The outside of a store. */
export interface ChatWorld {
  read: (token: string, before?: number) => Promise<ChatPage>;
  after: (ms: number, run: () => void) => () => void;
  newId: () => string;
  editor: () => EditorView | null;
}

/** The chat of one room on this screen: what was said, what is on its way, and where its quotes are in the text. */
export class ChatStore {
  readonly anchors: AnchorKeeper;
  readonly #client: RoomClient;
  readonly #world: ChatWorld;
  readonly #queue: TalkQueue;
  /** The quoted words of what waits. */
  readonly #quotes = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #view: ChatView = { messages: [], waiting: [], load: 'loading', older: 'none' };
  /** What came while the newest messages are being fetched; null while they are not. */
  #early: ChatPage[] | null = null;

  /** Begins to load. It lives as long as the client, whose callbacks are all that it holds. */
  constructor(client: RoomClient, world: ChatWorld) {
    this.#client = client;
    this.#world = world;
    this.anchors = new AnchorKeeper(client, world.editor);
    // Before the queue: what leaves that has to be here already.
    client.onTalk((event) => this.#heard(event));
    this.#queue = new TalkQueue(client, world.after, () => this.#set({}));
    client.subscribe(() => this.anchors.flush());
    void this.load();
  }

  view = (): ChatView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The newest messages, again. */
  async load(): Promise<void> {
    if (this.#early !== null) return;
    this.#early = [];
    if (this.#view.load === 'failed') this.#set({ load: 'loading' });
    try {
      const page = await this.#world.read(this.#client.view().token);
      this.#take(page, page.messages.length < CHAT_PAGE);
      this.#set({ load: 'ready' });
    } catch {
      // A room without its first letter has no chat, and the server does not know it.
      const isFresh = this.#client.view().rev === 0 && this.#view.messages.length === 0;
      this.#set({ load: isFresh ? 'ready' : 'failed' });
    }
    const early = this.#early;
    this.#early = null;
    if (this.#view.load === 'ready') for (const page of early) this.#takeNew(page);
  }

  /** Those before the oldest one that is known. */
  async loadOlder(): Promise<void> {
    const first = this.#view.messages[0];
    if (first === undefined || (this.#view.older !== 'some' && this.#view.older !== 'failed')) return;
    this.#set({ older: 'loading' });
    try {
      const page = await this.#world.read(this.#client.view().token, first.n);
      // A hole may have been found meanwhile.
      if (this.#view.messages[0] === first) this.#take(page, page.messages.length < CHAT_PAGE);
    } catch {
      this.#set({ older: 'failed' });
    }
  }

  /** Says something; `quote`: a passage of the text, as the editor has it now, and its words. `id`: of what may be said already. */
  say(text: string, quote: { place: Place; text: string } | null, id = this.#world.newId()): void {
    const message: TalkMessage = { t: 'chat', id, text: cleanNote(text, MAX_NOTE) };
    let stamp: Stamp | null = null;
    if (quote !== null) {
      this.anchors.follow(id, quote.place);
      this.#quotes.set(id, quote.text);
      stamp = stampOf(this.#client, this.anchors, id, (passage) =>
        // What is gone is not quoted any more; what was said still is.
        passage === null ? message : { ...message, quote: passage },
      );
    }
    this.#client.publish();
    this.#queue.add(message, stamp);
    this.#set({});
  }

  retry(id: string): void {
    this.#queue.retry(id);
    this.#set({});
  }

  drop(id: string): void {
    this.#queue.drop(id);
    this.#quotes.delete(id);
    this.anchors.remove(id);
    this.#set({});
  }

  #heard(event: TalkEvent): void {
    switch (event.t) {
      case 'welcome':
        if (this.#view.load === 'failed' || (event.chat ?? 0) !== this.#newest()) void this.load();
        break;
      case 'chat':
        this.#takeNew({ rev: event.rev, messages: chatMessageIn(event.message) });
        break;
      case 'writing':
      case 'thread':
      case 'error':
        break;
    }
  }

  /** A message that was said a moment ago. */
  #takeNew(page: ChatPage): void {
    const [first] = page.messages;
    if (first === undefined) return;
    if (this.#early !== null) this.#early.push(page);
    else if (first.n > this.#newest() + 1) void this.load();
    else this.#take(page, first.n === 1);
  }

  /** Adds messages. What lies before a hole is forgotten, and can be loaded again. `isStart`: there are none before them. */
  #take({ rev, messages }: ChatPage, isStart: boolean): void {
    this.#tellQuotes({ rev, messages });
    const [first] = messages;
    const last = messages.at(-1);
    if (first === undefined || last === undefined) return this.#set(isStart ? { older: 'none' } : {});
    const known = this.#view.messages;
    const isApart = first.n > this.#newest() + 1;
    const before = isApart ? [] : known.filter(({ n }) => n < first.n);
    const after = known.filter(({ n }) => n > last.n);
    const [oldest = first] = before;
    const older = before.length > 0 ? this.#view.older : isStart || oldest.n === 1 ? 'none' : 'some';
    this.#set({ messages: [...before, ...messages, ...after], older });
  }

  #tellQuotes({ rev, messages }: ChatPage): void {
    for (const message of messages) {
      const { id, quote } = message;
      this.#queue.settle({ t: 'chat', rev, message });
      this.#quotes.delete(id);
      if (quote === undefined) continue;
      const { from, to } = quote;
      this.anchors.tell(id, from < to ? { rev, from, to } : null);
    }
    this.anchors.flush();
  }

  #newest(): number {
    return this.#view.messages.at(-1)?.n ?? 0;
  }

  #set(change: Partial<ChatView>): void {
    const waiting = this.#queue.all.flatMap(({ message, state }) => {
      if (message.t !== 'chat') return [];
      const { id, text } = message;
      return [{ id, text, quote: this.#quotes.get(id) ?? null, state }];
    });
    this.#view = { ...this.#view, ...change, waiting };
    for (const listener of this.#listeners) listener();
  }
}
