import { freshToken } from '../../../e2e/harness/tokens.ts';
import type { Op } from '../../../lib/ot/index.ts';
import type { RoomClient, Seat } from '../rig/room.ts';
import { FrameMemo } from './frame-memo.ts';
import { MemberBase } from './member-base.ts';
import { type OtEntry, OtLog } from './ot-log.ts';
import { letterOf, OtTypist } from './ot-typist.ts';
import { Opcode } from './wire.ts';

const COLLECTION = 'rooms';
const TYPE = 'http://sharejs.org/types/text-unicode';
/** Of the protocol, as the client of version 7 says it. */
const VERSION = { protocol: 1, protocolMinor: 2 };
/** Of a document that was created and not changed. */
const CREATED = 1;

export interface SharedbDocument {
  port: number;
  id: string;
}

/** The messages that we are sent, as far as we look at them. */
interface Told {
  /** `hs`: hello; `s`: subscribed; `op`: an edit, or without `op` that ours is in. */
  a: string;
  /** The version that an edit was made on. */
  v?: number;
  src?: string;
  op?: Op;
  data?: { v: number; data: string };
  error?: { message: string };
}

/** Makes a document. */
export async function createDocument({ port, id }: SharedbDocument, text: string): Promise<void> {
  const maker = new Maker({ port, id }, text);
  await maker.open({ port, path: '/' });
  maker.close();
}

/** Rooms of ShareDB with text-unicode, whose ops of typing look like ours. */
export function sharedbRoom(document: SharedbDocument, text: string): RoomClient {
  const room = new SharedRoom(document, text);
  const open = (seat: Seat, at: number): Promise<SharedbMember> =>
    new SharedbMember(room, seat, at).open({ port: document.port, path: '/' });
  return {
    join: open,
    membersText: () => room.log.text(),
    async freshText() {
      const fresh = await open({ index: -1, saw: () => undefined }, 0);
      fresh.close();
      return fresh.text;
    },
  };
}

/** What the members of a room have in common. */
class SharedRoom {
  readonly document: SharedbDocument;
  readonly log: OtLog;
  /** By the ids that clients have chosen. */
  readonly members = new Map<string, number>();
  readonly #entries = new FrameMemo((payload): OtEntry | null => {
    const { a, v, src, op } = read(payload);
    return a === 'op' && v !== undefined && src !== undefined && op !== undefined ? this.log.put(v + 1, src, op) : null;
  });

  constructor(document: SharedbDocument, text: string) {
    this.document = document;
    this.log = new OtLog(text, CREATED);
  }

  entryOf(payload: Buffer): OtEntry | null {
    return this.#entries.meaningOf(payload);
  }
}

abstract class SharedbBase extends MemberBase {
  protected readonly src = freshToken();

  protected greet(): void {
    this.say({ a: 'hs', id: this.src, ...VERSION });
  }

  protected say(message: object): void {
    this.wire.send(Buffer.from(JSON.stringify(message)), Opcode.text);
  }
}

class Maker extends SharedbBase {
  readonly isSettled = true;
  readonly #document: SharedbDocument;
  readonly #text: string;

  constructor(document: SharedbDocument, text: string) {
    super();
    this.#document = document;
    this.#text = text;
  }

  type(): void {}

  protected hear(payload: Buffer, _opcode: number, now: number): void {
    const { a } = read(payload);
    if (a === 'hs') {
      const create = { type: TYPE, data: this.#text };
      this.say({ a: 'op', c: COLLECTION, d: this.#document.id, v: 0, src: this.src, seq: 1, x: {}, create });
    }
    if (a === 'op') this.joined(now);
  }
}

class SharedbMember extends SharedbBase {
  text: string | null = null;
  readonly #room: SharedRoom;
  readonly #seat: Seat;
  readonly #typist: OtTypist;
  #version = 0;
  #seq = 0;

  constructor(room: SharedRoom, seat: Seat, at: number) {
    super();
    this.#room = room;
    this.#seat = seat;
    this.#typist = new OtTypist({ at, letter: letterOf(seat.index), tie: 'newcomer first' }, (op) => this.#send(op));
    if (seat.index >= 0) room.members.set(this.src, seat.index);
  }

  get isSettled(): boolean {
    return this.#typist.isSettled;
  }

  type(): void {
    this.#typist.type();
  }

  protected hear(payload: Buffer, _opcode: number, now: number): void {
    const entry = this.#room.entryOf(payload);
    if (entry !== null) return this.#take(entry, now);
    const { a, v = 0, src, data } = read(payload);
    if (a === 'hs') {
      this.say({ a: 's', c: COLLECTION, d: this.#room.document.id, v: null });
    } else if (a === 's' && data !== undefined) {
      this.#version = data.v;
      this.text = data.data;
      this.joined(now);
    } else if (a === 'op' && src === this.src) this.#acknowledged(v);
  }

  #take({ rev, author, at, length, upTo }: OtEntry, now: number): void {
    // What an edit of ours missed comes with its answer, and by the subscription once more.
    if (rev <= this.#version) return;
    if (rev !== this.#version + 1) throw new Error(`Version ${rev} came after ${this.#version}.`);
    this.#version = rev;
    this.#typist.others(at, length);
    this.#seat.saw(this.#room.members.get(String(author)) ?? -1, upTo, now);
  }

  #acknowledged(version: number): void {
    if (version !== this.#version) throw new Error(`Our edit is on version ${version}, and we have ${this.#version}.`);
    this.#version++;
    this.#typist.acknowledged();
  }

  #send(op: Op): void {
    const { id } = this.#room.document;
    const seq = ++this.#seq;
    this.say({ a: 'op', c: COLLECTION, d: id, v: this.#version, src: this.src, seq, x: {}, op });
  }
}

function read(payload: Buffer): Told {
  const told = JSON.parse(payload.toString('utf8')) as Told;
  if (told.error !== undefined) throw new Error(`ShareDB said: ${told.error.message}`);
  return told;
}
