import { WebSocket } from 'ws';
import { decodeFrame, type Frame } from '../../lib/yjs/index.ts';
import { eventually, within } from './eventually.ts';

/** How long a test waits for a close that has to come. */
const PATIENCE_MS = 60_000;
/** More than any honest frame has. */
const ANYTHING = { stateBytes: 2 ** 30, states: 2 ** 20 };

/** A socket at `/yjs` without any cleverness: it sends what it is told, also what it should not, and keeps what it hears. */
export interface YjsPeer {
  readonly heard: readonly Frame[];
  /** Bytes go as a binary frame, a string as text. */
  send(frame: Uint8Array | string): void;
  /** The first frame of this kind that was ever heard, now or later. */
  first<K extends Frame['kind']>(kind: K): Promise<Frame & { kind: K }>;
  of<K extends Frame['kind']>(kind: K): (Frame & { kind: K })[];
  readonly isOpen: boolean;
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export interface YjsPeerOptions {
  root?: string;
  origin?: string;
  /** The address that a server with TRUST_PROXY=1 takes this one for. */
  from?: string;
  password?: string;
  /** Further headers of the upgrade, such as a cookie. */
  headers?: Record<string, string>;
}

/** Resolves once the socket is open; rejects with the HTTP status if it was refused. */
export async function connectYjs(
  url: string,
  token: string,
  { root, origin, from, password, headers = {} }: YjsPeerOptions = {},
): Promise<YjsPeer> {
  const query = new URLSearchParams({
    ...(root !== undefined && { text: root }),
    ...(password !== undefined && { password }),
  });
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/yjs/${token}?${query}`, [], {
    ...(origin !== undefined && { origin }),
    headers: { ...headers, ...(from !== undefined && { 'x-forwarded-for': from }) },
    perMessageDeflate: false,
  });
  const heard: Frame[] = [];
  socket.on('message', (data: Buffer) => heard.push(decodeFrame(new Uint8Array(data), ANYTHING)));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') })),
  );
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  // What goes wrong from here on shows as the close that follows it.
  socket.on('error', () => undefined);

  function of<K extends Frame['kind']>(kind: K): (Frame & { kind: K })[] {
    return heard.filter((frame): frame is Frame & { kind: K } => frame.kind === kind);
  }

  return {
    heard,
    of,
    send: (frame) => socket.send(frame, { binary: typeof frame !== 'string' }),
    async first(kind) {
      await eventually(`a frame "${kind}"`, () => of(kind).length > 0);
      const [frame] = of(kind);
      if (!frame) throw new Error('What was heard is gone.');
      return frame;
    },
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    get closed() {
      return within(PATIENCE_MS, 'the close', closed);
    },
    close: () => socket.close(1000),
  };
}
