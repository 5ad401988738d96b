import { WebSocket } from 'ws';
import {
  type Environment,
  type Notice,
  openRoom,
  type RoomClient,
  type SocketHandlers,
} from '../../lib/client/index.ts';
import { type Op, Text } from '../../lib/ot/index.ts';
import { COMPACT_SUBPROTOCOL, SUBPROTOCOL } from '../../lib/protocol/index.ts';
import { eventually } from './eventually.ts';
import { freshToken } from './tokens.ts';

/** The real client with hands: everything a screen does, without a screen, over a real socket. */
export interface Robot {
  readonly client: RoomClient;
  /** The text as its editor would show it: own edits and remote changes applied one by one. */
  text(): string;
  /** Length of `text()` and its units, without building it. */
  readonly editor: Text;
  /** Everything that was ever said above the text, also what is not shown any more. */
  readonly notices: readonly Notice[];
  /** An edit as an editor makes it. */
  edit(op: Op): void;
  /** The network is gone: the socket is cut, and connecting fails at once. */
  goOffline(): void;
  goOnline(): void;
  /** The socket is cut without a word; the client may connect again at once. */
  cut(): void;
  /** Waits until everything that was typed is acknowledged. */
  settled(timeoutMs?: number): Promise<void>;
  /** Waits until everything is acknowledged and this revision of the server's is on the screen. */
  caughtUp(rev: number, timeoutMs?: number): Promise<void>;
  close(): void;
}

export interface RobotOptions {
  url: string;
  token: string;
  create?: { owner: string; view: string };
  name?: string;
  /** The address that a server with TRUST_PROXY=1 takes this one for. */
  from?: string;
  /** The room's shard, for a balancer. */
  shard?: string;
  /** Decides the client's random delays. */
  random?: () => number;
}

/**
 * Opens a room as a browser would, from nothing. Unless the room is fresh (`create`) no text is known before the welcome,
 * and so nothing can be typed: `settled()` waits for it.
 */
export function openRobot({
  url,
  token,
  create,
  name = 'Robot',
  from,
  shard,
  random = Math.random,
}: RobotOptions): Robot {
  const query = shard === undefined ? '' : `?shard=${shard}`;
  let online = true;
  let socket: WebSocket | null = null;
  const networkListeners = new Set<(event: 'online' | 'offline' | 'visible') => void>();

  const environment: Environment = {
    connect(handlers) {
      if (!online) return refused(handlers);
      const opened = new WebSocket(`${url.replace(/^http/, 'ws')}/ws${query}`, [COMPACT_SUBPROTOCOL, SUBPROTOCOL], {
        perMessageDeflate: false,
        ...(from !== undefined && { headers: { 'x-forwarded-for': from } }),
      });
      socket = opened;
      opened.on('open', () => handlers.open());
      opened.on('message', (data: Buffer, isBinary: boolean) =>
        handlers.message(isBinary ? data : data.toString('utf8')),
      );
      opened.on('close', (code, reason) => handlers.closed(code, reason.toString('utf8')));
      // Every error is followed by a close.
      opened.on('error', () => undefined);
      return {
        get isCompact() {
          return opened.protocol === COMPACT_SUBPROTOCOL;
        },
        send: (frame) => opened.send(frame),
        sendBinary: (frame) => opened.send(frame),
        close: (code, reason) => opened.close(code, reason),
      };
    },
    now: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random,
    clientId: freshToken,
    onNetwork(listener) {
      networkListeners.add(listener);
      return () => networkListeners.delete(listener);
    },
  };

  const client = openRoom({
    token,
    ...(create && { create }),
    me: { person: freshToken(), name, color: 1 },
    environment,
  });
  const editor = Text.of(client.text());
  client.onChange(({ op }) => editor.apply(op));
  const notices: Notice[] = [];
  client.subscribe(() => {
    const { notice } = client.view();
    if (notice !== null && notice !== notices.at(-1)) notices.push(notice);
  });

  function tellNetwork(event: 'online' | 'offline'): void {
    for (const listener of networkListeners) listener(event);
  }

  function describe(): string {
    const { status, unsaved, rev } = client.view();
    return `${name} (status ${status.kind}, ${unsaved} unsaved, revision ${rev})`;
  }

  async function waitFor(what: string, check: () => boolean, timeoutMs: number): Promise<void> {
    try {
      await eventually(what, check, timeoutMs);
    } catch {
      throw new Error(`${describe()} waited ${timeoutMs} ms for ${what}.`);
    }
  }

  return {
    client,
    editor,
    notices,
    text: () => editor.toString(),
    edit(op) {
      editor.apply(op);
      client.edit(op);
    },
    goOffline() {
      online = false;
      socket?.terminate();
      tellNetwork('offline');
    },
    goOnline() {
      online = true;
      tellNetwork('online');
    },
    cut() {
      socket?.terminate();
    },
    settled: (timeoutMs = 30_000) =>
      waitFor('its edits to be acknowledged', () => client.view().online && client.view().unsaved === 0, timeoutMs),
    caughtUp: (rev, timeoutMs = 30_000) =>
      waitFor(`revision ${rev}`, () => client.view().unsaved === 0 && client.view().rev >= rev, timeoutMs),
    close: () => client.close(),
  };
}

/** A socket that never opens. */
function refused(handlers: SocketHandlers): { send(): void; close(): void } {
  queueMicrotask(() => handlers.closed(1006, ''));
  return { send: () => undefined, close: () => undefined };
}
