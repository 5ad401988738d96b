import type { Op } from '../../lib/client/index.ts';
import { markChanges } from './change-marks.ts';
import { HistoryFault, historyFaultWords, type HistoryApi } from './history-api.ts';
import { AT_BEGINNING, SPEEDS, type HistoryState, type Shown } from './history-state.ts';
import type { Entry, Moment } from './history-types.ts';
import { play } from './playback.ts';
import { nobody } from './read-history.ts';
import { Seeker } from './seeker.ts';
import { nextBurst, timeAxis } from './time-axis.ts';

/** While the room goes on, its timeline is fetched no more often than this, in ms. */
const RENEW_MS = 3_000;
/** How long two heads rest before what lies between them is asked for, in ms. */
const COMPARE_MS = 120;

export interface HistoryModelOptions {
  api: HistoryApi;
  /** Runs `run` after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void;
  /** The newest revision that this page holds. */
  newest: () => number;
}

/** Where the text of the moment stands while it is played. */
export interface Screen {
  apply(op: Op): void;
  text(): string;
}

/** What the history shows, without a page. Whoever draws it listens to `subscribe` and reads `get`. */
export class HistoryModel {
  readonly api: HistoryApi;
  readonly #options: HistoryModelOptions;
  readonly #seeker: Seeker;
  readonly #listeners = new Set<() => void>();
  readonly #life = new AbortController();
  #screen: Screen | null = null;
  #state: HistoryState = AT_BEGINNING;
  #stopPlaying: (() => void) | null = null;
  #comparison: AbortController | null = null;
  #cancelRenewal: (() => void) | null = null;

  constructor(options: HistoryModelOptions) {
    this.#options = options;
    this.api = options.api;
    this.#seeker = new Seeker({
      read: (rev, signal) => options.api.at(rev, signal),
      after: options.after,
      onMoment: (moment) => this.#show(moment),
      onFault: (error) => this.#fail(error),
    });
  }

  readonly get = (): HistoryState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For what draws the text, after it has drawn the state's content. Returns how to end that. */
  attach(screen: Screen): () => void {
    this.#screen = screen;
    return () => {
      if (this.#screen === screen) this.#screen = null;
    };
  }

  /** The newest revision there is. */
  get newest(): number {
    const { known } = this.#state;
    return Math.max(this.#options.newest(), known.kind === 'known' ? known.timeline.rev : 0);
  }

  /** Fetches the timeline and the versions, at first or anew. */
  async load(): Promise<void> {
    if (this.#state.known.kind === 'failed') this.#set({ known: { kind: 'loading' } });
    const { signal } = this.#life;
    try {
      const [timeline, { versions }] = await Promise.all([this.api.timeline(signal), this.#versions()]);
      const axis = timeAxis(timeline.buckets, Math.max(timeline.rev, this.#options.newest()));
      this.#set({ known: { kind: 'known', timeline, axis, versions } });
    } catch (error) {
      // What is known stays, though it may be a little old.
      if (signal.aborted || this.#state.known.kind === 'known') return;
      if (this.#options.newest() === 0 && error instanceof HistoryFault && error.code === 'no-such-room') {
        // A fresh room begins with its first letter; until then the server has never heard of it.
        const timeline = { rev: 0, buckets: [], authors: [] };
        return this.#set({ known: { kind: 'known', timeline, axis: timeAxis([], 0), versions: [] } });
      }
      this.#set({ known: { kind: 'failed', words: historyFaultWords(error) } });
    }
  }

  /** The room has a newer revision. */
  grew(): void {
    const { known } = this.#state;
    if (known.kind !== 'known' || this.newest <= known.axis.rev) return;
    this.#set({ known: { ...known, axis: timeAxis(known.timeline.buckets, this.newest) } });
    this.#cancelRenewal ??= this.#options.after(RENEW_MS, () => {
      this.#cancelRenewal = null;
      void this.load();
    });
  }

  /** Puts the head at a revision; the newest is now. */
  seek(rev: number): void {
    if (rev >= this.newest && this.newest > 0) return this.toNow();
    this.#leave();
    const target = Math.max(1, rev);
    this.#set({ shown: { kind: 'moment', rev: target }, stop: null, waiting: true, fault: null });
    this.#seeker.seek(target);
  }

  toNow(): void {
    this.#leave();
    this.#set({ shown: { kind: 'now' }, content: null, stop: null, waiting: false, fault: null });
  }

  /** Shows what came and went between two revisions, in whichever order they are given; the same twice shows nothing. */
  compare(one: number, other: number): void {
    this.#leave();
    const from = Math.max(0, Math.min(one, other, this.newest - 1));
    const to = Math.min(this.newest, Math.max(one, other, from + 1));
    this.#set({ shown: { kind: 'comparing', from, to }, stop: null, waiting: true, fault: null });
    const comparison = new AbortController();
    this.#comparison = comparison;
    const cancel = this.#options.after(COMPARE_MS, () => void this.#compare(from, to, comparison.signal));
    comparison.signal.addEventListener('abort', cancel);
  }

  /** Plays on from where the head stands, or everything if it stands at the end. */
  async play(): Promise<void> {
    const { shown } = this.#state;
    const rev = shown.kind === 'moment' ? shown.rev : 1;
    this.#leave();
    const request = new AbortController();
    this.#stopPlaying = () => request.abort();
    this.#set({ shown: { kind: 'playing', rev }, waiting: true, fault: null });
    try {
      const moment = await this.api.at(rev, request.signal);
      if (request.signal.aborted) return;
      this.#show(moment);
      this.#playFrom(moment);
    } catch (error) {
      if (!request.signal.aborted) this.#fail(error);
    }
  }

  pause(): void {
    const { shown, stop } = this.#state;
    if (shown.kind !== 'playing') return;
    this.#leave();
    const text = this.#screen?.text();
    if (stop?.rev !== shown.rev || text === undefined) return this.seek(shown.rev);
    const moment: Moment = { rev: shown.rev, at: stop.at, author: stop.author, text };
    this.#seeker.keep(moment);
    this.seek(shown.rev);
  }

  nextSpeed(): void {
    const next = SPEEDS[(SPEEDS.findIndex((one) => one === this.#state.speed) + 1) % SPEEDS.length];
    this.#set({ speed: next ?? 1 });
  }

  /** The revision to which Page Up or Page Down leads from `rev`. */
  burst(rev: number, step: -1 | 1): number {
    const { known } = this.#state;
    return nextBurst(known.kind === 'known' ? known.timeline.buckets : [], this.newest, rev, step);
  }

  end(): void {
    this.#leave();
    this.#seeker.end();
    this.#cancelRenewal?.();
    this.#life.abort();
    this.#listeners.clear();
  }

  #playFrom(moment: Moment): void {
    this.#stopPlaying = play({
      start: moment,
      read: (from, signal) =>
        from > this.newest
          ? Promise.resolve({ entries: [], authors: [], next: null })
          : this.api.entries(from, this.newest, signal),
      speed: () => this.#state.speed,
      after: this.#options.after,
      onEntries: (entries, authors) => {
        const last = entries.at(-1);
        if (last === undefined || !this.#apply(entries)) return;
        const stop = { rev: last.rev, at: last.at, author: authors.get(last.author) ?? nobody(last.author) };
        this.#set({ shown: { kind: 'playing', rev: last.rev }, stop });
      },
      onEnd: () => this.toNow(),
      onFault: (error) => {
        this.pause();
        this.#fail(error);
      },
    });
  }

  #apply(entries: readonly Entry[]): boolean {
    const screen = this.#screen;
    // The text went away in the middle of it.
    if (screen === null) this.pause();
    else for (const { op } of entries) screen.apply(op);
    return screen !== null;
  }

  async #compare(from: number, to: number, signal: AbortSignal): Promise<void> {
    try {
      const changes = await this.api.changes(from, to, signal);
      if (signal.aborted) return;
      this.#set({ content: { kind: 'changes', changes, marked: markChanges(changes) }, waiting: false });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #show(moment: Moment): void {
    const { rev, at, author } = moment;
    this.#set({ content: { kind: 'moment', moment }, stop: { rev, at, author }, waiting: false });
  }

  #fail(error: unknown): void {
    this.#set({ waiting: false, fault: historyFaultWords(error) });
  }

  /** Versions are an addition: without them the timeline still has its revisions. */
  #versions(): ReturnType<HistoryApi['versions']> {
    return this.api.versions(this.#life.signal).catch(() => ({ versions: [], authors: [] }));
  }

  /** Ends whatever the head did before. */
  #leave(): void {
    this.#stopPlaying?.();
    this.#stopPlaying = null;
    this.#comparison?.abort();
    this.#comparison = null;
    this.#seeker.stop();
  }

  #set(change: Partial<HistoryState> & { shown?: Shown }): void {
    if (this.#life.signal.aborted) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
