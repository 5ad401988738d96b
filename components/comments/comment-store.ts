import type { EditorView } from '@codemirror/view';
import {
  cleanNote,
  MAX_NOTE,
  TalkQueue,
  type CommentAct,
  type RoomClient,
  type TalkEvent,
  type Thread,
} from '../../lib/client/index.ts';
import { AnchorKeeper } from '../chat/anchor-keeper.ts';
import { threadIn, type ThreadList } from '../chat/notes-api.ts';
import type { Place } from '../chat/passages.ts';
import { stampOf } from '../chat/stamp.ts';
import { commentsStrings } from './comments-strings.ts';
import { expectedThreads, type ShownThread } from './expected-threads.ts';

/** Under which id the passage of a comment that is being written is followed, and focused. */
export const DRAFT = 'draft';

/** What of the comments is to be seen; another object after every change. */
export interface CommentsView {
  threads: readonly ShownThread[];
  /** `idle`: nobody has asked for them. */
  load: 'idle' | 'loading' | 'ready' | 'failed';
  /** The thread that is looked at, `DRAFT`, or null. */
  focus: string | null;
  /** Grows whenever the keyboard is to go to it too; 0 for a look that came by pointer. */
  keyboard: number;
  /** A comment that is being written. */
  draft: { quote: string; text: string } | null;
}

/** The outside of a store. */
export interface CommentWorld {
  read: (token: string) => Promise<ThreadList>;
  after: (ms: number, run: () => void) => () => void;
  newId: () => string;
  now: () => number;
  editor: () => EditorView | null;
  /** What a closed tab left of a comment on these words; empty if nothing. */
  unsent: (quote: string) => string;
  /** Keeps what is being written about these words; nothing forgets it. */
  keep: (quote: string, text: string) => void;
}

/** The comments of one room on this screen: what was said, what is on its way, and where it is in the text. */
export class CommentStore {
  readonly anchors: AnchorKeeper;
  readonly #client: RoomClient;
  readonly #world: CommentWorld;
  readonly #queue: TalkQueue;
  readonly #threads = new Map<string, Thread>();
  /** The words of passages that the server does not know yet. */
  readonly #quotes = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #view: CommentsView = { threads: [], load: 'idle', focus: null, keyboard: 0, draft: null };
  /** What came while the threads are being fetched; null while they are not. */
  #early: { rev: number; thread: Thread }[] | null = null;

  /** It lives as long as the client, whose callbacks are all that it holds. */
  constructor(client: RoomClient, world: CommentWorld) {
    this.#client = client;
    this.#world = world;
    this.anchors = new AnchorKeeper(client, world.editor);
    // Before the queue: what leaves that has to be here already.
    client.onTalk((event) => this.#heard(event));
    this.#queue = new TalkQueue(client, world.after, () => this.#set({}));
    client.subscribe(() => this.#place());
  }

  view = (): CommentsView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Fetches all threads, again. */
  async load(): Promise<void> {
    if (this.#early !== null) return;
    this.#early = [];
    if (this.#view.load !== 'ready') this.#set({ load: 'loading' });
    let load: CommentsView['load'] = 'ready';
    try {
      const { rev, threads } = await this.#world.read(this.#client.view().token);
      const there = new Set(threads.map(({ id }) => id));
      for (const id of this.#threads.keys()) if (!there.has(id)) this.#forget(id);
      for (const thread of threads) this.#take(rev, thread);
    } catch {
      // A room without its first letter has no comments, and the server does not know it.
      if (this.#client.view().rev > 0) load = 'failed';
    }
    const early = this.#early;
    this.#early = null;
    for (const { rev, thread } of early) this.#take(rev, thread);
    // Before the view is told, for a text that was left behind would only be asked for again.
    this.anchors.flush();
    this.#set({ load });
  }

  /** `DRAFT` for the comment that is being written; null looks away. */
  focus(id: string | null, byKeyboard = false): void {
    if (id === this.#view.focus && !byKeyboard) return;
    // A comment without a word is not kept.
    if (this.#view.draft?.text.trim() === '' && id !== DRAFT) this.cancelDraft();
    this.#set({ focus: id, keyboard: byKeyboard ? this.#view.keyboard + 1 : 0 });
  }

  /** Begins a comment on a passage of the text, as the editor has it now. What was begun elsewhere moves there. */
  startDraft(place: Place, quote: string): void {
    const { draft } = this.#view;
    this.anchors.follow(DRAFT, place);
    if (draft !== null) this.#world.keep(draft.quote, '');
    const text = draft?.text || this.#world.unsent(quote);
    this.#world.keep(quote, text);
    this.#set({ draft: { quote, text }, focus: DRAFT });
  }

  writeDraft(text: string): void {
    const { draft } = this.#view;
    if (draft === null) return;
    this.#world.keep(draft.quote, text);
    this.#set({ draft: { ...draft, text } });
  }

  cancelDraft(): void {
    if (this.#view.draft !== null) this.#world.keep(this.#view.draft.quote, '');
    this.anchors.remove(DRAFT);
    this.#set({ draft: null, focus: this.#view.focus === DRAFT ? null : this.#view.focus });
  }

  sendDraft(): void {
    const { draft } = this.#view;
    const place = this.anchors.placeOf(DRAFT);
    if (draft === null || place === null) return;
    const id = this.#world.newId();
    const thread = this.#world.newId();
    const text = cleanNote(draft.text, MAX_NOTE);
    this.anchors.follow(thread, place);
    this.anchors.remove(DRAFT);
    this.#quotes.set(thread, draft.quote);
    this.#world.keep(draft.quote, '');
    const open = (rev: number, { from, to }: Place) =>
      ({ t: 'comment', id, thread, act: { kind: 'open', rev, from, to, text } }) as const;
    const stamp = stampOf(this.#client, this.anchors, thread, (passage) =>
      passage === null ? { refused: commentsStrings.passageGone } : open(passage.rev, passage),
    );
    this.#queue.add(open(0, place), stamp);
    this.#set({ draft: null, focus: thread });
  }

  reply(thread: string, text: string): void {
    this.#act(this.#world.newId(), thread, { kind: 'reply', text: cleanNote(text, MAX_NOTE) });
  }

  resolve(thread: string): void {
    this.#act(this.#world.newId(), thread, { kind: 'resolve' });
    if (this.#view.focus === thread) this.focus(null);
  }

  reopen(thread: string): void {
    this.#act(this.#world.newId(), thread, { kind: 'reopen' });
  }

  change(thread: string, comment: string, text: string): void {
    this.#act(comment, thread, { kind: 'change', text: cleanNote(text, MAX_NOTE) });
  }

  /** The first comment takes its thread with it. */
  remove(thread: string, comment: string): void {
    this.#act(comment, thread, { kind: 'delete' });
  }

  retry(id: string): void {
    this.#queue.retry(id);
    this.#set({});
  }

  /** Gives up what was refused. */
  drop(id: string): void {
    for (const { message } of this.#queue.all) {
      if (message.id === id && message.t === 'comment' && message.act.kind === 'open') this.#forget(message.thread);
    }
    this.#queue.drop(id);
    this.#set({});
  }

  #act(id: string, thread: string, act: CommentAct): void {
    this.#queue.add({ t: 'comment', id, thread, act });
    this.#set({});
  }

  #heard(event: TalkEvent): void {
    switch (event.t) {
      case 'welcome':
        if (this.#view.load !== 'idle') void this.load();
        break;
      case 'thread':
        for (const thread of threadIn(event.thread)) {
          if (this.#early !== null) this.#early.push({ rev: event.rev, thread });
          else this.#take(event.rev, thread);
        }
        // There are some after all.
        if (this.#view.load === 'idle') void this.load();
        this.#place();
        this.#set({});
        break;
      case 'chat':
      case 'writing':
      case 'error':
        break;
    }
  }

  #take(rev: number, thread: Thread): void {
    const { id, anchor, ended } = thread;
    if (ended) return this.#forget(id);
    this.#threads.set(id, thread);
    this.#queue.settle({ t: 'thread', rev, thread });
    this.#quotes.delete(id);
    this.anchors.tell(id, { rev, from: anchor.from, to: anchor.to });
  }

  #forget(id: string): void {
    this.#threads.delete(id);
    this.#quotes.delete(id);
    this.anchors.remove(id);
  }

  #place(): void {
    if (this.anchors.flush() && this.#view.load !== 'idle') void this.load();
  }

  #set(change: Partial<CommentsView>): void {
    const { you, me } = this.#client.view();
    const speaker = { author: you ?? 0, name: me.name, color: me.color };
    const threads = expectedThreads(this.#threads, this.#queue.all, this.#quotes, speaker, this.#world.now());
    const next = { ...this.#view, ...change, threads };
    const isThere = next.focus === null || next.focus === DRAFT || threads.some(({ id }) => id === next.focus);
    this.#view = isThere ? next : { ...next, focus: null };
    for (const listener of this.#listeners) listener();
  }
}
