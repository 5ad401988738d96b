import { freshToken } from '../../../e2e/harness/tokens.ts';
import { readText } from '../../../e2e/harness/rest.ts';
import {
  COMPACT_SUBPROTOCOL,
  decodeCompactOps,
  decodeServerMessage,
  encodeCompactOp,
  type ServerMessage,
  type Welcome,
} from '../../../lib/protocol/index.ts';
import type { RoomClient, Seat } from '../rig/room.ts';
import { FrameMemo } from './frame-memo.ts';
import { MemberBase } from './member-base.ts';
import { type OtEntry, OtLog } from './ot-log.ts';
import { letterOf, OtTypist } from './ot-typist.ts';
import { Opcode } from './wire.ts';

/** Our own client pings when it has heard nothing for this long, in ms, and later, if it was idle then, for longer (lib/client/liveness.ts). */
const IDLE_MS = 10_000;
const RESTING_MS = 55_000;

/** Rooms of Tandem's own protocol, in the encoding that our own client uses. */
export function tandemRoom(port: number, token: string): RoomClient {
  const room = new SharedRoom();
  return {
    join: (seat, at) => new TandemMember(room, { seat, at, token }).open(lineOf(port)),
    membersText: () => room.log?.text() ?? '',
    freshText: async () => (await readText(`http://127.0.0.1:${port}`, token)).text,
  };
}

let callers = 0;

/** An address for each caller, as behind a proxy: limits are by address. */
export function freshAddress(): string {
  callers++;
  return `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`;
}

function lineOf(port: number) {
  return { port, path: '/ws', subprotocol: COMPACT_SUBPROTOCOL, headers: { 'X-Forwarded-For': freshAddress() } };
}

/** What the members of a room have in common. */
class SharedRoom {
  log: OtLog | null = null;
  readonly members = new Map<number, number>();
  readonly #entries = new FrameMemo((payload): readonly OtEntry[] => {
    const message = decodeCompactOps(payload);
    const { log } = this;
    if (log === null) throw new Error('Revisions came before the text.');
    return message.ops.map(([author, , op], index) => log.put(message.rev + index, author, op));
  });

  entriesOf(payload: Buffer): readonly OtEntry[] {
    return this.#entries.meaningOf(payload);
  }

  welcome(member: number, { text, rev, you }: Welcome): void {
    if (text === undefined) throw new Error('The welcome has no text.');
    this.log ??= new OtLog(text, rev);
    this.members.set(you, member);
  }
}

class TandemMember extends MemberBase {
  readonly #room: SharedRoom;
  readonly #seat: Seat;
  readonly #token: string;
  readonly #typist: OtTypist;
  #you = 0;
  #rev = 0;
  #seq = 0;
  #heardAt = 0;
  #idleMs = IDLE_MS;
  #pinging: NodeJS.Timeout | null = null;

  constructor(room: SharedRoom, { seat, at, token }: { seat: Seat; at: number; token: string }) {
    super();
    this.#room = room;
    this.#seat = seat;
    this.#token = token;
    this.#typist = new OtTypist({ at, letter: letterOf(seat.index), tie: 'logged first' }, (op) =>
      this.wire.send(Buffer.from(encodeCompactOp({ t: 'op', seq: ++this.#seq, rev: this.#rev, op })), Opcode.binary),
    );
  }

  get isSettled(): boolean {
    return this.#typist.isSettled;
  }

  type(): void {
    this.#typist.type();
  }

  override close(): void {
    if (this.#pinging !== null) clearTimeout(this.#pinging);
    super.close();
  }

  protected greet(): void {
    this.#pingAfter(IDLE_MS);
    const { index } = this.#seat;
    this.#say({
      t: 'hello',
      v: 1,
      token: this.#token,
      client: freshToken(),
      name: `Writer ${index}`,
      color: 1 + (Math.max(0, index) % 12),
    });
  }

  protected hear(payload: Buffer, opcode: number, now: number): void {
    this.#heardAt = now;
    const isOps = opcode === Opcode.binary;
    if ((isOps || !isOfQuiet(payload)) && this.#idleMs !== IDLE_MS) this.#pingAfter(IDLE_MS);
    if (isOps) return this.#take(this.#room.entriesOf(payload), now);
    if (isOfOthers(payload)) return;
    const message = decode(payload);
    switch (message?.t) {
      case 'welcome':
        this.#you = message.you;
        this.#rev = message.rev;
        this.#room.welcome(this.#seat.index, message);
        return this.joined(now);
      case 'error':
      case 'drain':
      case 'resync':
      case 'store':
        throw new Error(`Tandem said: ${JSON.stringify(message)}`);
      default:
    }
  }

  #take(entries: readonly OtEntry[], now: number): void {
    for (const { rev, author, at, length, upTo } of entries) {
      if (rev !== this.#rev + 1) throw new Error(`Revision ${rev} came after ${this.#rev}.`);
      this.#rev = rev;
      if (author === this.#you) this.#typist.acknowledged();
      else {
        this.#typist.others(at, length);
        this.#seat.saw(this.#room.members.get(Number(author)) ?? -1, upTo, now);
      }
    }
  }

  #pingAfter(idleMs: number, quiet = 0): void {
    this.#idleMs = idleMs;
    if (this.#pinging !== null) clearTimeout(this.#pinging);
    this.#pinging = setTimeout(() => {
      const now = performance.now();
      const silence = now - this.#heardAt;
      if (silence < idleMs) return this.#pingAfter(idleMs, silence);
      this.#say({ t: 'ping', at: now });
      this.#pingAfter(RESTING_MS);
    }, idleMs - quiet);
  }

  #say(message: object): void {
    this.wire.send(Buffer.from(JSON.stringify(message)), Opcode.text);
  }
}

function decode(payload: Buffer): ServerMessage | null {
  return decodeServerMessage(payload.toString('utf8'));
}

/** By the letters behind `{"t":"`, which our server writes first: a pong, or a hash. Nothing goes on that would make the line's loss felt. */
function isOfQuiet(payload: Buffer): boolean {
  const kind = payload.toString('latin1', 6, 10);
  return kind === 'pong' || kind === 'hash';
}

/** Who is here and where their carets are: nothing that a client without a screen needs. */
function isOfOthers(payload: Buffer): boolean {
  const kind = payload.toString('latin1', 6, 10);
  return kind === 'peop' || kind === 'curs' || kind === 'hash';
}
