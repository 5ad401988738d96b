import { decodeServerMessage, type ServerMessage } from '../../lib/protocol/index.ts';
import type { Caller } from '../caller.ts';
import { Session, type SessionDeps } from '../session.ts';

/** One socket of a client, without a network: what it says is heard at once, and what it is told is kept. */
export interface GuestSocket {
  /** Resolves when the server has had some turns to answer; not necessarily all that it needs. */
  say(message: object): Promise<void>;
  /** Says hello. */
  join(token: string, client: string, more?: object): Promise<void>;
  /** All that was heard of this kind. */
  of<T extends ServerMessage['t']>(t: T): (ServerMessage & { t: T })[];
  /** The word and number with which the server closed it; null while it has not. */
  ending(): string | null;
  /** Hangs up. */
  closed(): void;
}

export function openGuestSocket(deps: SessionDeps, caller: Caller): GuestSocket {
  const heard: ServerMessage[] = [];
  let code: number | null = null;
  const wire = {
    send: (frame: Buffer) => {
      const message = decodeServerMessage(frame.toString());
      if (message) heard.push(message);
    },
    buffered: 0,
    close: (given: number) => void (code = given),
    pause: () => undefined,
    resume: () => undefined,
  };
  const session = new Session(wire, deps, caller);
  const say = async (message: object): Promise<void> => {
    session.receive(JSON.stringify(message));
    await settle();
  };
  const of = <T extends ServerMessage['t']>(t: T) =>
    heard.filter((message): message is ServerMessage & { t: T } => message.t === t);
  return {
    say,
    of,
    join: (token, client, more = {}) => say({ t: 'hello', v: 1, token, client, ...more }),
    ending: () => (code === null ? null : `${of('error').at(-1)?.code} ${code}`),
    closed: () => session.closed(),
  };
}

/** Some turns of the event loop: what a storage in memory needs for a join. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
