import { WebSocket } from 'ws';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { eventually } from './eventually.ts';

/** The root that y-codemirror.next's documentation takes, and our server if it is told none. */
export const DEFAULT_ROOT = 'codemirror';

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:1/';

// Each provider listens for the end of the process, and a test has many.
process.setMaxListeners(0);

/** A stock Yjs client: `yjs` and `y-websocket` as they are published, over a real socket. */
export interface YjsRobot {
  readonly doc: Y.Doc;
  readonly ytext: Y.Text;
  readonly awareness: Awareness;
  readonly provider: WebsocketProvider;
  /** The codes of all closes, in their order; null: the provider itself gave the socket up. */
  readonly closes: readonly (number | null)[];
  /** How often it was connected. */
  readonly connects: number;
  /** It was told that coming back is pointless. */
  readonly isDismissed: boolean;
  text(): string;
  /** The socket is cut without a word; the provider connects again by itself. */
  cut(): void;
  /** The network is gone: the socket is cut, and connecting fails. */
  goOffline(): void;
  goOnline(): void;
  /** It reads and says nothing any more, as a suspended laptop, and the server does not know. There is no way back. */
  freeze(): void;
  /** Waits until it is connected and has all that the server had. */
  synced(timeoutMs?: number): Promise<void>;
  until(what: string, check: () => boolean, timeoutMs?: number): Promise<void>;
  /** Waits until its text is this. */
  shows(text: string, timeoutMs?: number): Promise<void>;
  close(): void;
}

export interface YjsRobotOptions {
  url: string;
  token: string;
  /** Null: the address does not say. */
  root?: string | null;
  name?: string;
  color?: string;
  /** What it has from an earlier session. */
  doc?: Y.Doc;
  /** It hears others of its process past the server, as tabs of one browser do. */
  isTab?: boolean;
}

/** Opens a room as an application with y-codemirror.next would, but without an editor. */
export function openYjsRobot({
  url,
  token,
  root = null,
  name,
  color = '#30bced',
  doc = new Y.Doc(),
  isTab = false,
}: YjsRobotOptions): YjsRobot {
  let online = true;
  let isDismissed = false;
  let connects = 0;
  const sockets: Line[] = [];
  const closes: (number | null)[] = [];

  class Line extends WebSocket {
    isFrozen = false;

    constructor(address: string, protocols: string[]) {
      super(online ? address : NOWHERE, protocols);
      sockets.push(this);
    }

    override send(frame: Uint8Array): void {
      if (!this.isFrozen) super.send(frame);
    }

    override close(code?: number, reason?: string): void {
      if (!this.isFrozen) super.close(code, reason);
    }
  }

  const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/yjs`, token, doc, {
    ...(root !== null && { params: { text: root } }),
    // The types ask for a browser's WebSocket; of `ws`' one everything is there that the provider uses.
    WebSocketPolyfill: Line as unknown as typeof globalThis.WebSocket,
    disableBc: !isTab,
    connect: false,
  });
  const { awareness } = provider;
  provider.on('status', ({ status }) => {
    if (status === 'connected') connects++;
  });
  provider.on('connection-close', (event) => closes.push(event?.code ?? null));
  provider.on('closed', () => (isDismissed = true));
  if (name !== undefined) awareness.setLocalStateField('user', { name, color, colorLight: `${color}33` });
  provider.connect();

  const ytext = doc.getText(root ?? DEFAULT_ROOT);
  const newest = (): Line | undefined => sockets.at(-1);
  return {
    doc,
    ytext,
    awareness,
    provider,
    closes,
    get connects() {
      return connects;
    },
    get isDismissed() {
      return isDismissed;
    },
    text: () => ytext.toJSON(),
    cut: () => newest()?.terminate(),
    goOffline() {
      online = false;
      newest()?.terminate();
    },
    goOnline() {
      online = true;
    },
    freeze() {
      online = false;
      const line = newest();
      if (!line) return;
      line.isFrozen = true;
      line.pause();
    },
    async synced(timeoutMs) {
      await eventually(`the Yjs client ${name ?? doc.clientID} to be in step`, () => provider.synced, timeoutMs);
    },
    async until(what, check, timeoutMs) {
      await eventually(`the Yjs client ${name ?? doc.clientID} to have ${what}`, check, timeoutMs);
    },
    async shows(text, timeoutMs) {
      await eventually(
        `the Yjs client ${name ?? doc.clientID} to show ${excerpt(text)}`,
        () => {
          if (ytext.toJSON() === text) return true;
          throw new Error(`it shows ${excerpt(ytext.toJSON())}`);
        },
        timeoutMs,
      );
    },
    close() {
      provider.destroy();
      awareness.destroy();
      newest()?.terminate();
    },
  };
}

function excerpt(text: string): string {
  return text.length <= 200 ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, 200))}… (${text.length} units)`;
}
