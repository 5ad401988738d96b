import type { Call, Reply } from './calls.ts';
import { SqliteFailure, type Driver } from './driver.ts';
import { inTransaction } from './in-transaction.ts';
import { clearGaps, pageCount } from './page-gaps.ts';
import { truncateLog, withoutWaiting } from './write-ahead-log.ts';

/** Pages in one slice of work: some 4 ms, as long as reads may take in a row. */
const SLICE_PAGES = 500;
/**
 * While one goes on, SQLite may exchange a page that was not cleaned yet for one that was. That it does so to the same
 * page in both is next to impossible.
 */
const PASSES = 2;
/** What is answered when everything is erased, and of it what leaves something to be erased. */
const WAITS: ReadonlySet<Call['method']> = new Set(['deleteRoom', 'redact', 'erased']);
const ERASES: ReadonlySet<Call['method']> = new Set(['deleteRoom', 'redact']);
/** Between two tries while another program is in the way, in ms. */
export const ERASER_RETRY_MS = 250;
/** Tries for which the answer is held back: 5 s, as long as a write waits for another program. */
const TRIES_HELD = 20;

export interface Eraser {
  /** Takes the replies to a group of calls, and gives those that need not wait until everything is erased. */
  hold(calls: readonly Call[], replies: readonly Reply[]): Reply[];
  /** Does a slice of what is to be done, and gives the replies that are due now. Never throws for the disk's sake. */
  work(): Reply[];
  /** Gives all replies that are held. What is left to be done the next start does. */
  release(): Reply[];
  /** When `work` has something to do. `later`: after `ERASER_RETRY_MS`, because another program is in the way. */
  readonly due: 'now' | 'later' | 'never';
  /** Are there replies that wait? */
  readonly holds: boolean;
}

type State =
  | { kind: 'idle' }
  /** Pages before `page` are clean, in this pass. */
  | { kind: 'sweeping'; pass: number; page: number }
  /** Everything is clean in the newest pages, and the log still has the older ones. */
  | { kind: 'truncating' };

/** Notes, in the transaction that deletes, that there is something to be erased: a crash must not forget it. */
export function oweErasure(driver: Driver): void {
  driver.run('insert into erasure (id) values (1) on conflict do nothing');
}

/**
 * Sees to it that what was deleted is in no file any more. `secure_delete` makes zeros of rows and free pages; what it
 * misses is cleaned here (page-gaps.ts), slice by slice between other work, and then the write-ahead log is emptied.
 * A `deleteRoom` or `redact` is answered after that; if another program is in the way, after 5 s all the same, and the work goes on.
 */
export function createEraser(driver: Driver): Eraser {
  let state: State = isOwed() ? start() : { kind: 'idle' };
  /** Tries in a row that came to nothing. */
  let failures = 0;
  /** What waits for this round, and for the next. */
  let held: Reply[] = [];
  let next: Reply[] = [];
  /** Something was deleted while pages were cleaned already: they have to be cleaned once more. */
  let again = false;

  /** Yes too, if the disk cannot say it. */
  function isOwed(): boolean {
    try {
      return driver.first('select 1 from erasure') !== undefined;
    } catch (error) {
      if (error instanceof SqliteFailure) return true;
      throw error;
    }
  }

  function start(): State {
    return { kind: 'sweeping', pass: 1, page: 1 };
  }

  function hold(calls: readonly Call[], replies: readonly Reply[]): Reply[] {
    const asked = calls.filter(({ method }) => WAITS.has(method));
    const ids = new Set(asked.map(({ id }) => id));
    const waits = (reply: Reply): boolean => reply.kind === 'done' && ids.has(reply.id);
    const waiting = replies.filter(waits);
    // A room that was not there leaves nothing to be done, nor does a redaction that came too late.
    if (waiting.length === 0 || !isOwed()) return [...replies];
    if (state.kind === 'idle') {
      held = waiting;
      state = start();
    } else if (!again && !asked.some(({ method }) => ERASES.has(method))) {
      held.push(...waiting);
    } else {
      next.push(...waiting);
      again = true;
    }
    return replies.filter((reply) => !waits(reply));
  }

  function work(): Reply[] {
    try {
      const before = state;
      state = withoutWaiting(driver, () => step(before));
      failures = state === before ? failures + 1 : 0;
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
      failures += 1;
    }
    if (state.kind !== 'idle') return failures < TRIES_HELD ? [] : release();
    const replies = held;
    held = next;
    next = [];
    if (again) state = start();
    again = false;
    return replies;
  }

  /** The state after it; the same one if another program is in the way. */
  function step(from: State): State {
    switch (from.kind) {
      case 'idle':
        return from;
      case 'sweeping':
        return sweep(from.pass, from.page);
      case 'truncating':
        if (!truncateLog(driver)) return from;
        if (!again) inTransaction(driver, () => driver.run('delete from erasure'));
        return { kind: 'idle' };
    }
  }

  function sweep(pass: number, page: number): State {
    const last = pageCount(driver);
    inTransaction(driver, () => clearGaps(driver, page, page + SLICE_PAGES - 1));
    if (page + SLICE_PAGES <= last) return { kind: 'sweeping', pass, page: page + SLICE_PAGES };
    return pass < PASSES ? { kind: 'sweeping', pass: pass + 1, page: 1 } : { kind: 'truncating' };
  }

  function release(): Reply[] {
    const replies = [...held, ...next];
    held = [];
    next = [];
    return replies;
  }

  return {
    hold,
    work,
    release,
    get due() {
      if (state.kind === 'idle') return 'never';
      return failures === 0 ? 'now' : 'later';
    },
    get holds() {
      return held.length + next.length > 0;
    },
  };
}
