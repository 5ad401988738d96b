import type { Status } from './types.ts';

/** A healthy network acknowledges sooner, so "Saved" stays without flicker (LOOK, Status). */
const WAIT_MS = 600;

/**
 * The status as words show it: what lasts less than `WAIT_MS` is not said. Good news (a connection that is back, all
 * saved) and certain bad news are said at once; "Offline" too, for it is only known after a wait of its own.
 */
export class Words {
  shown: Status;
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #changed: () => void;
  #next: Status;
  #cancel: (() => void) | null = null;

  /** `changed` is called when `shown` has changed by the passing of time. */
  constructor(first: Status, after: (ms: number, run: () => void) => () => void, changed: () => void) {
    this.shown = first;
    this.#next = first;
    this.#after = after;
    this.#changed = changed;
  }

  /** The true status now. */
  feed(status: Status): void {
    this.#next = status;
    const isBack = isAway(this.shown) && !isAway(status);
    if (sameStatus(status, this.shown) || isBack || atOnce(status)) {
      this.close();
      if (!sameStatus(status, this.shown)) this.shown = status;
      return;
    }
    this.#cancel ??= this.#after(WAIT_MS, () => {
      this.#cancel = null;
      this.shown = this.#next;
      this.#changed();
    });
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}

function atOnce(status: Status): boolean {
  switch (status.kind) {
    case 'ready':
    case 'saved':
    case 'view':
    case 'locked':
    case 'lost':
    case 'offline':
    case 'full':
    case 'cannotWrite':
      return true;
    case 'device':
    case 'received':
    case 'reconnecting':
    case 'catchingUp':
      return false;
  }
}

function isAway({ kind }: Status): boolean {
  return kind === 'offline' || kind === 'reconnecting';
}

function sameStatus(a: Status, b: Status): boolean {
  return a.kind === b.kind && (a.kind !== 'lost' || b.kind !== 'lost' || (a.code === b.code && a.reason === b.reason));
}
