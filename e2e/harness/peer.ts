import { WebSocket } from 'ws';
import { type ClientMessage, decodeServerMessage, type ServerMessage, SUBPROTOCOL } from '../../lib/protocol/index.ts';
import { pause, within } from './eventually.ts';
import { freshToken } from './tokens.ts';

/** How long a test waits for a message or a close that has to come. */
const PATIENCE_MS = 30_000;

export type Message<T extends ServerMessage['t']> = Extract<ServerMessage, { t: T }>;

/** A client without any cleverness: it sends what it is told, also what it should not, and keeps what it hears. */
export interface Peer {
  /** Everything heard so far. */
  readonly heard: readonly ServerMessage[];
  /** A well-formed message. */
  send(message: ClientMessage): void;
  /** Any frame at all: a string goes as text, bytes as a binary frame, or as text if `as` says so. */
  sendRaw(data: string | Buffer, as?: 'text' | 'binary'): void;
  /** The next message of this kind that was not waited for yet; messages of other kinds before it are passed over. */
  next<T extends ServerMessage['t']>(t: T): Promise<Message<T>>;
  /** Sends an edit, again each time that it is told to come later, and returns the revision at which it is settled. */
  submit(edit: Extract<ClientMessage, { t: 'op' }>): Promise<number>;
  /** Waits for the acknowledgement of an own edit, and returns the revision at which it is settled. */
  acknowledged(seq: number): Promise<number>;
  /** Waits until the text that the entries describe has reached this revision, and returns the newest. */
  reached(rev: number): Promise<number>;
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Says goodbye. */
  close(): void;
  /** Cuts the connection without a word. */
  cut(): void;
  /** Stops reading from the socket, as a suspended laptop does. */
  freeze(): void;
  /** Reads again what has come meanwhile. */
  thaw(): void;
}

export interface ConnectOptions {
  origin?: string;
  /** Offered subprotocols; ours by default. */
  protocols?: readonly string[];
  /** The address that a server with TRUST_PROXY=1 takes this one for. */
  from?: string;
  /** Further headers of the upgrade, such as a cookie. */
  headers?: Record<string, string>;
  /** The room's shard, for a balancer. */
  shard?: string;
}

/** Opens a socket at a server's `/ws`. Resolves once it is open; rejects with the HTTP status if it was refused. */
export async function connect(
  url: string,
  { origin, protocols = [SUBPROTOCOL], from, headers = {}, shard }: ConnectOptions = {},
): Promise<Peer> {
  const query = shard === undefined ? '' : `?shard=${shard}`;
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws${query}`, [...protocols], {
    ...(origin !== undefined && { origin }),
    headers: { ...headers, ...(from !== undefined && { 'x-forwarded-for': from }) },
    perMessageDeflate: false,
  });
  const heard: ServerMessage[] = [];
  const listeners = new Set<() => void>();
  let passed = 0;
  let rev = 0;
  let you: number | null = null;
  const settled = new Map<number, number>();
  /** Edits that were told to come later, and how much later in ms. */
  const putOff = new Map<number, number>();
  let end: { code: number; reason: string } | null = null;

  socket.on('message', (data: Buffer) => {
    const message = decodeServerMessage(data.toString('utf8'));
    if (message === null) return;
    heard.push(message);
    note(message);
    for (const listener of listeners) listener();
  });
  function note(message: ServerMessage): void {
    if (message.t === 'welcome') {
      you = message.you;
      if (message.text !== undefined) rev = message.rev;
    }
    if (message.t === 'error' && message.seq !== undefined && message.retryMs !== undefined) {
      putOff.set(message.seq, message.retryMs);
    }
    if (message.t === 'ack') settled.set(message.seq, message.rev);
    if (message.t !== 'ops') return;
    rev = message.rev + message.ops.length - 1;
    for (const [index, [author, seq]] of message.ops.entries()) {
      if (author === you) settled.set(seq, message.rev + index);
    }
  }

  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      end = { code, reason: reason.toString('utf8') };
      resolve(end);
      for (const listener of listeners) listener();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  // What goes wrong from here on shows as the close that follows it.
  socket.on('error', () => undefined);

  /** Resolves with the first thing that `look` finds, now or after a message. */
  function when<T>(what: string, look: () => T | null): Promise<T> {
    let stop = () => {};
    const found = new Promise<T>((resolve, reject) => {
      const listener = () => {
        const value = look();
        if (value !== null) {
          // At once: what comes in the same turn is somebody else's to find.
          listeners.delete(listener);
          return resolve(value);
        }
        if (end) reject(new Error(`Closed with ${end.code} "${end.reason}" instead of ${what}: ${describe(heard)}`));
      };
      listeners.add(listener);
      stop = () => listeners.delete(listener);
      listener();
    });
    return within(PATIENCE_MS, what, found).finally(() => stop());
  }

  return {
    heard,
    closed: within(10 * PATIENCE_MS, 'the close', closed),
    send: (message) => socket.send(JSON.stringify(message)),
    sendRaw: (data, as = typeof data === 'string' ? 'text' : 'binary') =>
      socket.send(data, { binary: as === 'binary' }),
    next<T extends ServerMessage['t']>(t: T) {
      return when(`a message "${t}"`, () => {
        const index = heard.findIndex((message, at) => at >= passed && message.t === t);
        if (index < 0) return null;
        passed = index + 1;
        return heard[index] as Message<T>;
      });
    },
    async submit(edit) {
      for (;;) {
        putOff.delete(edit.seq);
        socket.send(JSON.stringify(edit));
        const answer = await when(`the answer to edit ${edit.seq}`, () => {
          const at = settled.get(edit.seq);
          const retryMs = putOff.get(edit.seq);
          return at !== undefined ? { at } : retryMs !== undefined ? { retryMs } : null;
        });
        if ('at' in answer) return answer.at;
        await pause(answer.retryMs);
      }
    },
    acknowledged: (seq) => when(`the acknowledgement of edit ${seq}`, () => settled.get(seq) ?? null),
    reached: (wanted) => when(`revision ${wanted}`, () => (rev >= wanted ? rev : null)),
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
    freeze: () => socket.pause(),
    thaw: () => socket.resume(),
  };
}

/** Opens a socket, says hello and hears the welcome. */
export async function join(
  url: string,
  token: string,
  { client = freshToken(), ...rest }: Partial<Omit<Extract<ClientMessage, { t: 'hello' }>, 't' | 'v' | 'token'>> = {},
): Promise<{ peer: Peer; welcome: Message<'welcome'>; client: string }> {
  const peer = await connect(url);
  peer.send({ t: 'hello', v: 1, token, client, ...rest });
  return { peer, welcome: await peer.next('welcome'), client };
}

function describe(heard: readonly ServerMessage[]): string {
  return heard
    .slice(-5)
    .map((message) => JSON.stringify(message).slice(0, 300))
    .join(' ');
}
