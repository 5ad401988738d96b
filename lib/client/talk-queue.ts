import type { Thread } from '../protocol/index.ts';
import type { RoomClient, TalkEvent, TalkMessage } from './types.ts';

/** One message that the server has not acknowledged. */
export interface Unanswered {
  message: TalkMessage;
  /** `refused`: the server will not take it, for the reason `why`; it goes out again only by `retry`. */
  state: { kind: 'waiting' } | { kind: 'sent' } | { kind: 'refused'; why: string };
}

/**
 * Makes the message whenever it is about to leave, for a passage can only be named in a text that the server has, and still
 * remembers. Null: it cannot be said yet; `refused`: it never can.
 */
export type Stamp = () => TalkMessage | { refused: string } | null;

type QueueClient = Pick<RoomClient, 'talk' | 'onTalk' | 'subscribe' | 'view'>;

interface Entry extends Unanswered {
  stamp: Stamp | null;
}

/**
 * Chat messages and comments on their way, in order, one at a time: kept until the server has answered each, and sent again
 * over the next socket, or when the server says "not now". Their ids see to it that none is there twice. In memory only.
 */
export class TalkQueue {
  readonly #client: QueueClient;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #changed: () => void;
  #all: readonly Entry[] = [];
  #cancelHold: (() => void) | null = null;
  readonly #stops: (() => void)[];

  /** `changed` is called after every change of `all` that did not come from a call. */
  constructor(client: QueueClient, after: (ms: number, run: () => void) => () => void, changed: () => void) {
    this.#client = client;
    this.#after = after;
    this.#changed = changed;
    this.#stops = [client.onTalk((event) => this.#heard(event)), client.subscribe(() => this.#pumpLater())];
  }

  /** Oldest first. Another array after every change. */
  get all(): readonly Unanswered[] {
    return this.#all;
  }

  /** Sends `message`, or what `stamp` makes of it then. */
  add(message: TalkMessage, stamp: Stamp | null = null): void {
    this.#all = [...this.#all, { message, stamp, state: { kind: 'waiting' } }];
    this.#pump();
  }

  /** One that was refused goes out once more, behind all others. */
  retry(id: string): void {
    const one = this.#find(id);
    if (one?.state.kind !== 'refused') return;
    this.drop(id);
    this.add(one.message, one.stamp);
  }

  /** Gives up a message; if it went out already, it may be there all the same. */
  drop(id: string): void {
    this.#all = this.#all.filter(({ message }) => message.id !== id);
    this.#pump();
  }

  /** What the server has now, as it was told or fetched: messages that are in it need no other answer. True if there were any. */
  settle(event: Extract<TalkEvent, { t: 'chat' | 'thread' }>): boolean {
    const { you } = this.#client.view();
    const left = this.#all.filter(({ message }) => !isAnswer(event, message, you));
    const isAny = left.length < this.#all.length;
    this.#all = left;
    if (isAny) this.#pump();
    return isAny;
  }

  /** Ends the waiting. What is in `all` is not sent any more. */
  stop(): void {
    for (const stop of this.#stops) stop();
    this.#cancelHold?.();
  }

  #heard(event: TalkEvent): void {
    switch (event.t) {
      case 'welcome':
        this.#release();
        this.#all = this.#all.map((one) => (one.state.kind === 'sent' ? { ...one, state: { kind: 'waiting' } } : one));
        break;
      case 'writing':
        return;
      case 'error':
        if (!this.#refused(event)) return;
        break;
      case 'chat':
      case 'thread':
        if (!this.settle(event)) return;
        break;
    }
    this.#pump();
    this.#changed();
  }

  /** The room has changed in some way. */
  #pumpLater(): void {
    const before = this.#all;
    this.#pump();
    if (this.#all !== before) this.#changed();
  }

  /** Was it about one of these? */
  #refused({ id = '', message, retryMs }: Extract<TalkEvent, { t: 'error' }>): boolean {
    if (this.#find(id)?.state.kind !== 'sent') return false;
    if (retryMs === undefined) {
      this.#set(id, { kind: 'refused', why: message });
      return true;
    }
    this.#release();
    this.#cancelHold = this.#after(retryMs, () => {
      this.#release();
      this.#pump();
      this.#changed();
    });
    this.#set(id, { kind: 'waiting' });
    return true;
  }

  /** Sends the oldest that waits, unless one is on its way or the server has asked for time. */
  #pump(): void {
    if (this.#cancelHold || this.#all.some(({ state }) => state.kind === 'sent')) return;
    const next = this.#all.find(({ state }) => state.kind === 'waiting');
    if (!next) return;
    const message = next.stamp === null ? next.message : next.stamp();
    if (message === null) return;
    if ('refused' in message) {
      this.#set(next.message.id, { kind: 'refused', why: message.refused });
      return this.#pump();
    }
    if (!this.#client.talk(message)) return;
    this.#replace(next.message.id, { ...next, message, state: { kind: 'sent' } });
  }

  #release(): void {
    this.#cancelHold?.();
    this.#cancelHold = null;
  }

  #find(id: string): Entry | undefined {
    return this.#all.find(({ message }) => message.id === id);
  }

  #set(id: string, state: Unanswered['state']): void {
    const one = this.#find(id);
    if (one) this.#replace(id, { ...one, state });
  }

  #replace(id: string, entry: Entry): void {
    this.#all = this.#all.map((one) => (one.message.id === id ? entry : one));
  }
}

/** Does the server say with `event` that it has taken `message`? */
function isAnswer(
  event: Extract<TalkEvent, { t: 'chat' | 'thread' }>,
  message: TalkMessage,
  you: number | null,
): boolean {
  if (message.t === 'chat') return event.t === 'chat' && event.message.id === message.id;
  return event.t === 'thread' && event.thread.id === message.thread && isDone(event.thread, message, you);
}

/** Is the thread as the act wants it to be, or as near as the server lets it come? */
function isDone(thread: Thread, { id, act }: Extract<TalkMessage, { t: 'comment' }>, you: number | null): boolean {
  if (thread.ended) return true;
  const comment = thread.comments.find((one) => one.id === id);
  const isOthers = comment !== undefined && comment.author !== you;
  switch (act.kind) {
    case 'open':
    case 'reply':
      return comment !== undefined;
    case 'change':
      return comment === undefined || isOthers || comment.text === act.text;
    case 'delete':
      return comment === undefined || isOthers;
    case 'resolve':
      return thread.resolved !== null;
    case 'reopen':
      return thread.resolved === null;
  }
}
