/**
 * What a page of a browser finds in the global scope, for libraries that ask there for the time: stock Yjs providers do.
 * They run synchronously and have no promises, so it is enough to put these in place while one of them runs.
 */
export interface PageGlobals {
  now(): number;
  /** Returns how to cancel. */
  after(ms: number, run: () => void): () => void;
  /** The console: what the library finds worth a warning, and what it stumbles over. */
  warn(message: string): void;
  error(message: string): void;
}

const realNow = Date.now;
let present: PageGlobals | null = null;

// Some take hold of this function once and for ever, when they are loaded. So this file has to be loaded before they are.
Date.now = () => present?.now() ?? realNow();

/** Runs something in the page. */
export function inPage<T>(page: PageGlobals, run: () => T): T {
  const outer = present;
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const { log, warn, error } = console;
  present = page;
  Object.assign(globalThis, timersOf(page));
  Object.assign(console, {
    log: quiet,
    warn: (...words: unknown[]) => page.warn(words.map(String).join(' ')),
    error: (...words: unknown[]) => page.error(words.map(wordOf).join(' ')),
  });
  try {
    return run();
  } finally {
    present = outer;
    Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
    Object.assign(console, { log, warn, error });
  }
}

function timersOf(page: PageGlobals): object {
  type Timer = { cancel: () => void };
  const after = (ms: number, run: () => void): (() => void) => page.after(ms, () => inPage(page, run));
  const cancel = (timer: Timer | undefined): void => timer?.cancel();
  return {
    setTimeout: (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Timer => ({
      cancel: after(ms, () => run(...given)),
    }),
    setInterval: (run: () => void, ms: number): Timer => {
      const timer = { cancel: () => undefined as void };
      const again = (): void => {
        timer.cancel = after(ms, () => {
          again();
          run();
        });
      };
      again();
      return timer;
    },
    clearTimeout: cancel,
    clearInterval: cancel,
  };
}

function wordOf(word: unknown): string {
  return word instanceof Error ? (word.stack ?? word.message) : String(word);
}

function quiet(): void {}
