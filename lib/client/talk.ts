import { mapPosition, type Op } from '../ot/index.ts';
import type { ServerMessage, Welcome } from '../protocol/index.ts';
import { Listeners } from './listeners.ts';
import type { Replica } from './replica.ts';
import type { TalkEvent } from './types.ts';

/** Entries that are remembered for `locate`: minutes of a busy room, for an answer that was long on its way. */
const MOST_ENTRIES = 2_000;

/**
 * Chat and comments, as little as a page needs before anybody opens them: how many there are, and who hears of them. What they
 * say is not looked at here.
 */
export class Talk {
  readonly #heard: Listeners<[TalkEvent]>;
  readonly #replica: Replica;
  /** Since somebody listens, in the confirmed text; the newest one made the revision that the replica holds. */
  #entries: Op[] | null = null;
  #chat = 0;
  #threads = 0;

  constructor(replica: Replica, report: (error: unknown) => void) {
    this.#replica = replica;
    this.#heard = new Listeners(report);
  }

  /** As in `RoomView`. */
  get counts(): { chat: number; threads: number } {
    return { chat: this.#chat, threads: this.#threads };
  }

  listen(listener: (event: TalkEvent) => void): () => void {
    this.#entries ??= [];
    return this.#heard.add(listener);
  }

  welcomed(welcome: Welcome): void {
    this.#chat = welcome.chat ?? 0;
    this.#threads = welcome.threads ?? 0;
    // Entries before another text lead nowhere.
    if (welcome.text !== undefined) this.#entries &&= [];
    this.#heard.emit(welcome);
  }

  take(message: ServerMessage & { t: 'chat' | 'writing' | 'thread' | 'error' }): void {
    if (message.t === 'chat') this.#chat = Math.max(this.#chat, message.message.n);
    if (message.t === 'thread') this.#threads ||= 1;
    this.#heard.emit(message);
  }

  entry(op: Op): void {
    this.#entries?.push(op);
    if (this.#entries && this.#entries.length > MOST_ENTRIES * 2) this.#entries = this.#entries.slice(-MOST_ENTRIES);
  }

  /** As in `RoomClient`. */
  locate(rev: number, position: number, bias: 'before' | 'after'): number | null {
    const since = this.#replica.state.rev - rev;
    const entries = this.#entries ?? [];
    if (since < 0 || since > entries.length) return null;
    const now = entries.slice(entries.length - since).reduce((at, op) => mapPosition(at, op, bias), position);
    return this.#replica.toShown(now, bias);
  }
}
