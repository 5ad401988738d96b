import { browserEnvironment } from '../editor/browser-environment.ts';
import { isRecord } from '../ui/browser-store.ts';
import { withBase } from '../ui/base-path.ts';
import { randomToken } from '../ui/tokens.ts';

/** What was found of one thing; `failed`: it could not be asked, in the browser's words. */
export type Measured<Value> = ({ kind: 'measured' } & Value) | { kind: 'failed'; why: string };

/** The answer to a plain request, which the server sends in pieces. Times in ms. */
export interface Pages {
  /** How long a request takes, the median of a few. */
  roundTrip: number;
  /** How far the server's clock is ahead of this one. */
  clockAhead: number;
  /** Between the first piece's arrival and the last one's. */
  spread: number;
  /** The same by the server's clock, as they left. */
  sentSpread: number;
  /** The address that the server takes this page's for. */
  base: string;
}

/** A WebSocket to the server. Times in ms. */
export interface Sockets {
  /** Until it was open. */
  opened: number;
  /** From a message to its answer. */
  roundTrip: number;
}

export interface Keeping {
  /** Can IndexedDB keep something? */
  journal: boolean;
  /** Bytes; null where the browser does not say. */
  free: number | null;
  /** The browser promised not to clear it under pressure. */
  persisted: boolean;
  /** https, or this machine: what the clipboard, the offline page and the locks between tabs need. */
  secure: boolean;
}

const TRIES = 5;
/** After this long, in ms, nothing more is to be expected. */
const PATIENCE_MS = 8_000;

/** Asks for the server's pieces, and a few times for nothing at all. */
export async function measurePages(): Promise<Measured<Pages>> {
  try {
    const trips: number[] = [];
    for (let left = TRIES; left > 0; left -= 1) {
      const asked = performance.now();
      await (await patient(withBase('/healthz'))).text();
      trips.push(performance.now() - asked);
    }
    const roundTrip = median(trips);
    const answer = await patient(withBase('/api/check'));
    if (!answer.ok || answer.body === null)
      return { kind: 'failed', why: `${answer.status} ${answer.statusText}`.trim() };
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    const arrivals: number[] = [];
    let text = '';
    let firstAt = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (arrivals.length === 0) firstAt = Date.now();
      arrivals.push(performance.now());
      text += decoder.decode(value, { stream: true });
    }
    const pieces = text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const times = pieces.map((piece) =>
      isRecord(piece) && typeof piece['at'] === 'number' ? piece['at'] : Number.NaN,
    );
    const [head] = pieces;
    const base = isRecord(head) && typeof head['base'] === 'string' ? head['base'] : '';
    const sentSpread = (times.at(-1) ?? 0) - (times[0] ?? 0);
    const spread = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
    // Held back, the first piece is as old as all of them took.
    const age = Math.max(0, sentSpread - spread) + roundTrip / 2;
    return { kind: 'measured', roundTrip, clockAhead: (times[0] ?? 0) + age - firstAt, spread, sentSpread, base };
  } catch (error) {
    return { kind: 'failed', why: wordsOf(error) };
  }
}

/** Opens a socket and asks for a room that nobody has: the refusal is an answer. */
export function measureSockets(): Promise<Measured<Sockets>> {
  return new Promise((resolve) => {
    const began = performance.now();
    let opened: number | null = null;
    const done = (found: Measured<Sockets>) => {
      clearTimeout(timer);
      resolve(found);
      socket.close();
    };
    const timer = setTimeout(() => done({ kind: 'failed', why: opened === null ? 'timeout' : 'silent' }), PATIENCE_MS);
    const socket = browserEnvironment().connect({
      open() {
        opened = performance.now();
        socket.send(JSON.stringify({ t: 'hello', v: 1, token: randomToken(), client: randomToken() }));
      },
      message() {
        if (opened === null) return;
        done({ kind: 'measured', opened: opened - began, roundTrip: performance.now() - opened });
      },
      closed: (code) => done({ kind: 'failed', why: String(code) }),
    });
  });
}

/** Writes a letter into a database of its own and takes it away again; asks how much space there is. */
export async function measureKeeping(): Promise<Keeping> {
  const estimate = await Promise.resolve(navigator.storage?.estimate?.()).catch(() => undefined);
  const persisted = await Promise.resolve(navigator.storage?.persisted?.()).catch(() => false);
  const { quota, usage } = estimate ?? {};
  return {
    journal: await keepsRecords(),
    free: quota === undefined ? null : quota - (usage ?? 0),
    persisted: persisted ?? false,
    secure: window.isSecureContext,
  };
}

const PROBE = 'tandem-check';

function keepsRecords(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(PROBE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('letters');
      request.onerror = () => resolve(false);
      request.onblocked = () => resolve(false);
      request.onsuccess = () => {
        const database = request.result;
        const change = database.transaction('letters', 'readwrite');
        change.objectStore('letters').put('a', 'letter');
        const end = (kept: boolean) => {
          database.close();
          indexedDB.deleteDatabase(PROBE);
          resolve(kept);
        };
        change.oncomplete = () => end(true);
        change.onabort = () => end(false);
      };
    } catch {
      // Blocked storage throws: it keeps nothing.
      resolve(false);
    }
  });
}

function patient(url: string): Promise<Response> {
  return fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
