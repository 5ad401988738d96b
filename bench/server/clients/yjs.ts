import { randomInt } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { RoomClient, Seat } from '../rig/room.ts';
import { FrameMemo } from './frame-memo.ts';
import { MemberBase } from './member-base.ts';
import { letterOf } from './ot-typist.ts';
import type { Beginning } from './yjs-beginning.ts';
import { type ItemId, NOTHING, textOf, YjsLog } from './yjs-log.ts';
import { typedUpdate } from './yjs-typing.ts';

/** Messages of y-protocols, and of Hocuspocus beyond them. */
const Message = { sync: 0, awareness: 1, auth: 2, syncReply: 4, stateless: 5, syncStatus: 8 } as const;
/** Hocuspocus closes a line on which nothing came for a minute; its own client tells of presence more often than this, in ms. */
const KEEP_ALIVE_MS = 25_000;
const Sync = { step1: 0, step2: 1, update: 2 } as const;

/** How a server is spoken to. */
export interface YjsDialect {
  port: number;
  path: string;
  /** Hocuspocus has several documents on a line: each message begins with the name, and the first one asks to be let in. */
  document: string | null;
}

/** Rooms of a server of Yjs. The first member brings the text along: such servers have no other way in. */
export function yjsRoom(dialect: YjsDialect, first: Beginning): RoomClient {
  const room = new SharedRoom(dialect, first);
  const open = (seat: Seat, at: number): Promise<YjsMember> => new YjsMember(room, seat, at).open(dialect);
  return {
    join: open,
    membersText: () => room.log.text(),
    async freshText() {
      const fresh = await open({ index: -1, saw: () => undefined }, 0);
      fresh.close();
      return fresh.state === null ? null : textOf([fresh.state]);
    },
  };
}

interface Told {
  message: number;
  sync: number;
  update: Uint8Array | null;
  typed: { client: number; upTo: number }[];
}

/** What the members of a room have in common. */
class SharedRoom {
  readonly dialect: YjsDialect;
  readonly log = new YjsLog();
  readonly first: Beginning;
  readonly members = new Map<number, number>();
  readonly #told = new FrameMemo((payload) => this.#read(payload));

  constructor(dialect: YjsDialect, first: Beginning) {
    this.dialect = dialect;
    this.first = first;
    this.log.put(this.first.update);
  }

  told(payload: Buffer): Told {
    return this.#told.meaningOf(payload);
  }

  #read(payload: Buffer): Told {
    const decoder = decoding.createDecoder(payload);
    if (this.dialect.document !== null) decoding.readVarString(decoder);
    const message = decoding.readVarUint(decoder);
    if (message !== Message.sync && message !== Message.syncReply)
      return { message, sync: -1, update: null, typed: [] };
    const sync = decoding.readVarUint(decoder);
    // What is read lies in a buffer that the next message overwrites.
    const update = sync === Sync.step1 ? null : decoding.readVarUint8Array(decoder).slice();
    const typed = sync === Sync.update && update !== null ? this.log.put(update) : [];
    return { message, sync, update, typed };
  }
}

class YjsMember extends MemberBase {
  readonly isSettled = true;
  /** What the server had when this member came. */
  state: Uint8Array | null = null;
  readonly #room: SharedRoom;
  readonly #seat: Seat;
  /** As Yjs draws them: most take five bytes. */
  readonly #client = 2 ** 28 + randomInt(2 ** 32 - 2 ** 28);
  #left: ItemId;
  readonly #right: ItemId;
  #typed = 0;
  #keepAlive: NodeJS.Timeout | null = null;

  constructor(room: SharedRoom, seat: Seat, at: number) {
    super();
    this.#room = room;
    this.#seat = seat;
    this.#left = { client: room.first.client, clock: at - 1 };
    this.#right = { client: room.first.client, clock: at };
    if (seat.index >= 0) room.members.set(this.#client, seat.index);
  }

  type(): void {
    const id = { client: this.#client, clock: this.#typed++ };
    const letter = letterOf(this.#seat.index);
    this.#saySync(Sync.update, typedUpdate(id, { left: this.#left, right: this.#right, letter }));
    this.#left = id;
  }

  override close(): void {
    if (this.#keepAlive !== null) clearInterval(this.#keepAlive);
    super.close();
  }

  protected greet(): void {
    if (this.#room.dialect.document !== null) {
      const nothing = (): void => this.#say(Message.stateless, (encoder) => encoding.writeVarString(encoder, ''));
      this.#keepAlive = setInterval(nothing, KEEP_ALIVE_MS);
      this.#say(Message.auth, (encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, '');
      });
    }
    this.#saySync(Sync.step1, NOTHING);
  }

  protected hear(payload: Buffer, _opcode: number, now: number): void {
    const { message, sync, update, typed } = this.#room.told(payload);
    const bringsText = this.#seat.index === 0 && this.state === null;
    if (sync === Sync.step2 && update !== null) {
      this.state = update;
      if (bringsText) this.#saySync(Sync.update, this.#room.first.update);
      else this.joined(now);
    }
    // The server has the first text: one of them says so, the other one sends it back.
    if (this.#seat.index === 0 && (message === Message.syncStatus || sync === Sync.update)) this.joined(now);
    for (const { client, upTo } of typed) {
      const member = this.#room.members.get(client);
      if (member !== undefined) this.#seat.saw(member, upTo, now);
    }
  }

  #saySync(kind: number, content: Uint8Array): void {
    this.#say(Message.sync, (encoder) => {
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, content);
    });
  }

  #say(message: number, write: (encoder: encoding.Encoder) => void): void {
    const bytes = encoding.encode((encoder) => {
      if (this.#room.dialect.document !== null) encoding.writeVarString(encoder, this.#room.dialect.document);
      encoding.writeVarUint(encoder, message);
      write(encoder);
    });
    this.wire.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }
}
