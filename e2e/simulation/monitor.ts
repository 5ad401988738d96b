import {
  decodeClientMessage,
  decodeServerMessage,
  isFatal,
  type ClientMessage,
  type ServerMessage,
} from '../../lib/protocol/index.ts';
import type { Attendance } from './attendance.ts';
import type { Ear } from './connection.ts';
import { readFrame } from './frames.ts';
import type { Ledger } from './ledger.ts';
import { insertedBy } from './tokens.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/** What one client sent and was told over all its sockets. */
export interface ClientRecord {
  name: string;
  /** Its secret id, which others of the same browser may have too. */
  clientId: string;
  /** The text that was inserted by the first sending of each seq, by "epoch:seq". */
  sent: Map<string, string>;
  /** The newest `seq` that was sent, on any socket. */
  newestSeq: number;
  /** It has handled a welcome before. */
  welcomed: boolean;
  /** Its newest limit of a message, in bytes. */
  messageBytes: number;
  /** What pages before it sent, of which it may not know. */
  sentBefore: ReadonlyMap<string, string>;
  /** It sends an edit under a number that such a page had used for another one: the server takes one of the two. */
  onReusedSeq?(inserted: string): void;
  /** It is about to handle its first welcome. */
  onWelcome?(last: { seq: number; rev: number } | null): void;
  /** It is about to handle a welcome with text. */
  onWholeText?(): void;
}

type MonitoredStage = Pick<Stage, 'world' | 'ledger' | 'traits' | 'attendance'>;

/** Stands on one socket, between its two ends, and compares everything with the log on the disk. */
export class Monitor implements Ear<string> {
  readonly #world: World;
  readonly #ledger: () => Ledger | null;
  readonly #client: ClientRecord;
  readonly #attendance: Attendance;
  /** It is in the room: it was told who else is. */
  #isIn = false;
  readonly #honest: boolean;
  /** One server has the store for itself. */
  readonly #isAlone: boolean;
  /** What anybody had been shown when the hello arrived; null before. */
  #shownAtHello: number | null = null;
  /** Where the server's revisions have got to on this socket: null before hello has named one, or welcome a text. */
  #shownRev: number | null = null;
  #heardRev = 0;
  #epoch = '';
  /** Its author number, once a welcome has told. */
  #you = 0;

  /** `honest`: a client of ours, from which nothing wrong must come. The ledger is null before the room exists. */
  constructor({ world, ledger, traits, attendance }: MonitoredStage, client: ClientRecord, honest: boolean) {
    this.#world = world;
    this.#ledger = ledger;
    this.#attendance = attendance;
    this.#isAlone = traits.cluster === null;
    this.#client = client;
    this.#honest = honest;
  }

  read(frame: Buffer): string {
    return readFrame(frame).text;
  }

  sent(text: string): void {
    const message = decodeClientMessage(text);
    const client = this.#client;
    this.#world.trace(() => `${client.name} says  ${sketch(message)}`);
    if (message.t === 'hello') this.#hello(message);
    if (message.t === 'op') this.#op(message, text);
    if (message.t === 'mismatch') this.#world.fail('P4', `${client.name} has another text at revision ${message.rev}.`);
  }

  #hello(message: ClientMessage & { t: 'hello' }): void {
    const client = this.#client;
    if (message.rev !== undefined) this.#shownRev = message.rev;
    if (!this.#honest || !client.welcomed || message.rev !== undefined) return;
    this.#world.fail('P4', `${client.name} knew a text and asks for the whole of it, so its own was not right.`);
  }

  #op({ seq, op }: ClientMessage & { t: 'op' }, text: string): void {
    const { coverage } = this.#world;
    const client = this.#client;
    if (Buffer.byteLength(text) > client.messageBytes) {
      this.#world.fail('wire', `${client.name} sends ${Buffer.byteLength(text)} bytes in one message.`);
    }
    const key = `${this.#epoch}:${seq}`;
    const before = client.sent.get(key);
    const inserted = insertedBy(op);
    if (before === undefined) {
      client.sent.set(key, inserted);
      const earlier = client.sentBefore.get(key);
      if (earlier !== undefined && earlier !== inserted) client.onReusedSeq?.(inserted);
    } else {
      coverage.count('resends');
      // A deletion that came to nothing gives its number back when the client starts from a whole text.
      if (before !== '' && before !== inserted) {
        this.#world.fail('wire', `${client.name} sends seq ${seq} again, and it is another edit.`);
      }
    }
    client.newestSeq = Math.max(client.newestSeq, seq);
  }

  arrived(text: string): void {
    if (this.#shownAtHello === null) this.#attendance.knocked(this.#client.clientId, this);
    this.#shownAtHello ??= this.#ledger()?.shown ?? 0;
    this.#world.trace(() => `  ${this.#client.name} > server ${text.slice(0, 40)}`);
  }

  shown(frame: Buffer): void {
    const { message } = readFrame(frame);
    const ledger = this.#ledger();
    if (!message) return this.#world.fail('wire', 'The server sends something that no client can read.');
    this.#world.trace(() => `  server > ${this.#client.name} ${sketch(message)}`);
    switch (message.t) {
      case 'welcome':
        return this.#welcome(message, ledger);
      case 'ops':
        return this.#ops(message, ledger);
      case 'ack':
        if (message.rev > (this.#shownRev ?? 0)) {
          this.#world.fail('wire', `An ack at revision ${message.rev} overtakes the entries before it.`);
        }
        if (message.rev > (ledger?.head ?? 0)) {
          this.#world.fail('P2', `An ack names revision ${message.rev}, and the log ends at ${ledger?.head ?? 0}.`);
        }
        if (message.seq > (ledger?.settledSeq(this.#you) ?? 0)) {
          this.#world.fail('P2', `Seq ${message.seq} of author ${this.#you} is acknowledged, and not settled on disk.`);
        }
        return;
      case 'hash':
        this.#world.coverage.count('hashes');
        if (message.hash !== ledger?.hashAt(message.rev)) {
          this.#world.fail('P4', `The server's text at revision ${message.rev} has not the hash of the log's.`);
        }
        return;
      case 'error':
        if (message.code === 'superseded') this.#superseded();
        this.#attendance.left(this.#client.clientId, this);
        if (message.code === 'locked') this.#world.coverage.count('lockedEdits');
        if (message.code === 'slow-consumer') this.#world.coverage.count('slowConsumers');
        return;
      case 'people':
        if (!this.#isIn) this.#attendance.came(this.#client.clientId, this);
        this.#isIn = true;
        return;
      default:
        return;
    }
  }

  #superseded(): void {
    const { clientId, name } = this.#client;
    this.#world.coverage.count('superseded');
    // A node judges by the time at which others say that a client came to them.
    if (!this.#world.clocksAgree || !this.#attendance.isNewest(clientId, this)) return;
    this.#world.fail('wire', `${name} is told that a newer connection took its place, and there is none.`);
  }

  #welcome(message: ServerMessage & { t: 'welcome' }, ledger: Ledger | null): void {
    const { rev, text, epoch } = message;
    this.#you = message.you;
    const world = this.#world;
    if (ledger && ledger.epoch !== epoch && rev > 0) return world.fail('P11', 'A welcome is from another log.');
    const head = ledger?.head ?? 0;
    if (rev > head) world.fail('P2', `A welcome is at revision ${rev}, and the log on disk ends at ${head}.`);
    // Another node may show something between this one's look at the log and its word.
    const shown = this.#isAlone ? (ledger?.shown ?? 0) : Math.min(ledger?.shown ?? 0, this.#shownAtHello ?? 0);
    if (rev < shown) world.fail('P11', `A welcome is at revision ${rev}, and ${shown} was shown before.`);
    if (text !== undefined && text !== (ledger?.textAt(rev) ?? '')) {
      world.fail('P11', `The text in a welcome at revision ${rev} is not the text of the log.`);
    }
    if (text === undefined) {
      world.coverage.count('resumes');
      world.coverage.count('catchUpRevisions', rev - (this.#shownRev ?? rev));
    } else {
      this.#shownRev = rev;
    }
  }

  #ops({ rev, ops }: ServerMessage & { t: 'ops' }, ledger: Ledger | null): void {
    if (rev !== (this.#shownRev ?? -1) + 1) {
      this.#world.fail('wire', `${this.#client.name} is sent revision ${rev} after ${String(this.#shownRev)}.`);
    }
    this.#shownRev = rev + ops.length - 1;
    if (!ledger) return this.#world.fail('P2', 'Revisions are shown of a room that is not on disk.');
    for (const [index, [author, seq, op]] of ops.entries()) ledger.show(rev + index, author, seq, op);
  }

  heard(frame: Buffer): void {
    const { message } = readFrame(frame);
    const ledger = this.#ledger();
    const client = this.#client;
    if (!message) return;
    this.#world.trace(() => `  ${client.name} hears ${message.t} ${'rev' in message ? message.rev : ''}`);
    switch (message.t) {
      case 'welcome':
        this.#epoch = message.epoch;
        return;
      case 'ops':
        if (!ledger || this.#epoch !== ledger.epoch) return;
        for (const [index, [author, seq, op]] of message.ops.entries())
          ledger.saw(message.rev + index, author, seq, op);
        this.#heardRev = message.rev + message.ops.length - 1;
        return;
      case 'ack':
        this.#world.coverage.count(message.rev < this.#heardRev ? 'resendsAnsweredByAck' : 'settledWithoutEntry');
        return;
      default:
        return;
    }
  }

  /** The client is about to handle a frame of its newest socket: much later than `heard`, if it was frozen. */
  handles(text: string): void {
    const message = decodeServerMessage(text);
    if (message?.t === 'welcome') this.#handlesWelcome(message);
  }

  #handlesWelcome(message: ServerMessage & { t: 'welcome' }): void {
    const client = this.#client;
    client.messageBytes = message.limits.message;
    if (message.last && message.last.seq === client.newestSeq && client.welcomed) {
      this.#world.coverage.count('settledSeenInWelcome');
    }
    if (message.text !== undefined && client.welcomed) this.#world.coverage.count('textRebases');
    if (!client.welcomed) client.onWelcome?.(message.last);
    client.welcomed = true;
    if (message.text !== undefined) client.onWholeText?.();
  }

  closed(code: number): void {
    this.#world.trace(() => `  ${this.#client.name} hears close ${code}`);
    if (this.#honest && isFatal(code)) {
      this.#world.fail('stumble', `${this.#client.name} (author ${this.#you}) is told never to come back: ${code}.`);
    }
  }
}

function sketch(message: ClientMessage | ServerMessage): string {
  switch (message.t) {
    case 'hello':
      return `hello rev ${message.rev ?? 'none'}`;
    case 'op':
      return `op seq ${message.seq} at ${message.rev} ${JSON.stringify(message.op)}`;
    case 'welcome':
      return `welcome rev ${message.rev} you ${message.you} last ${JSON.stringify(message.last)}${message.text === undefined ? '' : ' with text'}`;
    case 'ops':
      return `ops ${message.rev}..${message.rev + message.ops.length - 1} of ${message.ops.map(([author, seq]) => `${author}:${seq}`).join(' ')}`;
    case 'ack':
      return `ack seq ${message.seq} rev ${message.rev}`;
    case 'error':
      return `error ${message.code}`;
    default:
      return message.t;
  }
}
