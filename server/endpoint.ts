import { CloseCode, COMPACT_SUBPROTOCOL, MAX_PASSWORD, ProtocolFault, SUBPROTOCOL } from '../lib/protocol/index.ts';
import type { Caller } from './caller.ts';
import type { ServerLimits } from './limits.ts';
import { Session, type SessionDeps, type Wire } from './session.ts';
import { YjsSession, type YjsSessionDeps } from './yjs-gateway/yjs-session.ts';

/** One socket's other half: what the gateway hands on to, whatever is spoken. */
export interface Conversation {
  /** What the log calls it. */
  readonly id: string;
  /** Until then silence of the other end means nothing, in ms as of the clock. */
  readonly patientUntil: number;
  /** It is in a room, where silence is usual: it is asked more seldom whether it is there. Absent means no. */
  readonly isInside?: boolean;
  /** `at`: when it came, in ms as of `Counters.now`, if that was not just now. */
  receive(frame: string, at?: number): void;
  receiveBinary(frame: Buffer, at?: number): void;
  /** A frame of `tandem.1`; others have no word for what the gateway says to everybody. */
  send(frame: Buffer): void;
  end(fault: ProtocolFault): void;
  closed(): void;
}

/** Something that is spoken over WebSockets here. */
export interface Endpoint {
  /** Bytes of one frame. */
  mostBytes: number;
  /** Frames are binary, not text. */
  binary: boolean;
  /** Which of the offered subprotocols is spoken; false for none. */
  choose(offered: Set<string>): string | false;
  /** Null if this address is not its. `subprotocol`: the chosen one, or empty. */
  open(url: URL): ((wire: Wire, caller: Caller, subprotocol: string) => Conversation) | null;
}

/** What we speak, dearest to us first. */
const OURS: readonly string[] = [COMPACT_SUBPROTOCOL, SUBPROTOCOL];

/** Our own clients: `/ws`. The room is named in the first message. */
export function tandemEndpoint(deps: SessionDeps, { advertised }: Pick<ServerLimits, 'advertised'>): Endpoint {
  return {
    mostBytes: advertised.message,
    binary: false,
    // Unknown subprotocols are accepted for a moment, because only an open socket can be told why it is closed.
    choose: (offered) => OURS.find((one) => offered.has(one)) ?? [...offered][0] ?? false,
    open(url) {
      if (url.pathname !== '/ws') return null;
      return (wire, caller, subprotocol) => {
        const session = new Session(wire, deps, caller, subprotocol === COMPACT_SUBPROTOCOL);
        if (subprotocol !== '' && !OURS.includes(subprotocol)) {
          session.end(new ProtocolFault('wrong-version', CloseCode.VERSION, `This server speaks ${SUBPROTOCOL}.`));
        }
        return session;
      };
    },
  };
}

/** Where a Yjs client's text stands if its address does not say: the name in y-codemirror.next's documentation. */
const DEFAULT_ROOT = 'codemirror';
/** UTF-16 units of a root's name. */
const MOST_ROOT = 64;

/** Stock Yjs clients: `/yjs/<token>?text=<root>&password=<password>`. */
export function yjsEndpoint(deps: YjsSessionDeps, { yjsFrame }: Pick<ServerLimits, 'yjsFrame'>): Endpoint {
  return {
    mostBytes: yjsFrame,
    binary: true,
    // They offer none, or whatever their application likes.
    choose: (offered) => [...offered][0] ?? false,
    open(url) {
      const token = /^\/yjs\/([^/]*)$/.exec(url.pathname)?.[1];
      if (token === undefined) return null;
      const root = (url.searchParams.get('text') || DEFAULT_ROOT).slice(0, MOST_ROOT);
      const password = url.searchParams.get('password')?.slice(0, MAX_PASSWORD) ?? null;
      return (wire, caller) => new YjsSession(wire, deps, { token, root, password }, caller);
    },
  };
}
