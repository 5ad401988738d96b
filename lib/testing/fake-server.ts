import { apply, fitOp, fnv1a, isIdentity, lengthChange, transform, type Op } from '../ot/index.ts';
import {
  CloseCode,
  decodeClientMessage,
  DEFAULT_LIMITS,
  ProtocolFault,
  type FaultCode,
  type Hello,
  type Limits,
  type LoggedOp,
  type Person,
  type Role,
  type ServerMessage,
} from '../protocol/index.ts';
import { FakeTalk } from './fake-talk.ts';
import { FakeWire, type WireServer } from './fake-wire.ts';

/** Entries in one frame, as the server sends them. */
const PAGE = 1_000;

interface Member {
  author: number;
  person: Person;
}

type WireHandlers = ConstructorParameters<typeof FakeWire>[0];

/**
 * A server of one room without disk, clock or batching: strict about the protocol, with the real transform. What tests
 * of clients talk to.
 */
export class FakeServer implements WireServer {
  epoch = 'epoch-1';
  log: { author: number; seq: number; op: Op }[] = [];
  text = '';
  limits: Limits = { ...DEFAULT_LIMITS };
  role: Role = 'edit';
  /** Set by `lock`. */
  locked = false;
  /** How long an edit that came into a locked room is told to wait, in ms. */
  lockedMs = 5_000;
  /** What a hello has to bring along; null: nothing. */
  password: string | null = null;
  /** The name under which a proxy signs everybody in. */
  signedIn: string | null = null;
  title = '';
  language = '';
  /** While true, edits are taken and neither logged nor answered: a slow disk. */
  holding = false;
  /** The newest settled `seq` of each author. */
  readonly settled = new Map<number, { seq: number; rev: number }>();
  /** Chat and comments. */
  readonly talk = new FakeTalk();
  /** Every frame that any client sent, decoded. */
  readonly heard: ReturnType<typeof decodeClientMessage>[] = [];
  /** What clients did wrong. */
  readonly faults: ProtocolFault[] = [];
  /** All wires ever, oldest first. */
  readonly wires: FakeWire[] = [];
  readonly #authors = new Map<string, number>();
  readonly #members = new Map<FakeWire, Member>();
  readonly #held: (() => void)[] = [];
  /** Texts before the log was replaced are gone; revisions up to here have no entries. */
  #firstRev = 0;

  constructor(text = '') {
    this.text = text;
    if (text !== '') this.log.push({ author: 1_000, seq: 1, op: [text] });
  }

  get rev(): number {
    return this.#firstRev + this.log.length;
  }

  /** For `Environment.connect`. */
  connect(handlers: WireHandlers): FakeWire {
    const wire = new FakeWire(handlers, this);
    this.wires.push(wire);
    return wire;
  }

  /** What a page is rendered with. */
  page(): { text: string; rev: number; epoch: string; title: string; language: string; role: Role } {
    const { text, rev, epoch, title, language, role } = this;
    return { text, rev, epoch, title, language, role };
  }

  /** Moves everything until all is quiet. */
  settle(): void {
    for (let moved = 1; moved > 0;) {
      moved = 0;
      for (const wire of this.wires) {
        if (!wire.ended && !wire.isOpen) {
          wire.open();
          if (wire.isOpen) moved += 1;
        }
        moved += wire.deliverUp() + wire.deliverDown();
      }
    }
  }

  /** Entries as if by somebody without a socket here. */
  write(author: number, op: Op): void {
    const seq = (this.settled.get(author)?.seq ?? 0) + 1;
    this.#append(author, seq, op);
    this.broadcast(this.#frame(this.log.length - 1));
  }

  /** Takes what was held back. */
  release(): void {
    this.holding = false;
    for (const run of this.#held.splice(0)) run();
  }

  /** The room comes out of a backup: another log, with this text, that knows nothing of its clients. */
  restore(text: string, epoch: string): void {
    this.epoch = epoch;
    this.text = text;
    this.log = [{ author: 1_000, seq: 1, op: text === '' ? [] : [text] }];
    this.settled.clear();
    for (const wire of this.#members.keys()) wire.end(4500, 'restored');
  }

  /** Forgets entries, so that nobody can resume from before. */
  forget(): void {
    this.#firstRev += this.log.length;
    this.log = [];
  }

  /** The owner locks the room, or opens it. */
  lock(locked: boolean): void {
    this.locked = locked;
    this.broadcast({ t: 'role', role: this.role, ...(locked && { locked }) });
  }

  /** Ends every socket for good, as when the link ends: the error, and then the close with the same word. */
  shut(code: FaultCode, close: CloseCode): void {
    for (const wire of this.#members.keys()) refuse(wire, new ProtocolFault(code, close, `The end: ${code}.`));
  }

  broadcast(message: ServerMessage): void {
    const frame = JSON.stringify(message);
    for (const wire of this.#members.keys()) wire.push(frame);
  }

  opened(): void {
    // Nothing happens before hello.
  }

  gone(wire: FakeWire): void {
    const member = this.#members.get(wire);
    this.#members.delete(wire);
    if (member) this.broadcast({ t: 'people', join: [], leave: [member.author] });
  }

  received(wire: FakeWire, frame: string): void {
    try {
      const message = decodeClientMessage(frame);
      this.heard.push(message);
      if (message.t === 'hello') return this.#hello(wire, message);
      const member = this.#members.get(wire);
      if (!member) throw new ProtocolFault('hello-expected', 4400, 'The first message has to be hello.');
      this.#dispatch(wire, member, message);
    } catch (error) {
      if (!(error instanceof ProtocolFault)) throw error;
      this.faults.push(error);
      refuse(wire, error);
    }
  }

  #hello(wire: FakeWire, hello: Hello): void {
    if (this.password !== null && hello.password !== this.password) {
      const word = hello.password === undefined ? 'password-wanted' : 'password-wrong';
      throw new ProtocolFault(word, CloseCode.PASSWORD, 'This link has a password.');
    }
    const author = this.#authors.get(hello.client) ?? this.#authors.size + 1;
    this.#authors.set(hello.client, author);
    for (const [older, member] of this.#members) {
      if (member.author !== author) continue;
      this.#members.delete(older);
      older.end(4409, 'superseded');
    }
    const { epoch, rev, role, locked, signedIn, title, language, limits } = this;
    const resumes =
      hello.rev !== undefined &&
      hello.epoch === epoch &&
      hello.rev >= this.#firstRev &&
      hello.rev <= rev &&
      rev - hello.rev <= limits.catchUp;
    say(wire, {
      t: 'welcome',
      session: `session-${this.wires.length}`,
      epoch,
      rev,
      role,
      ...(locked && { locked }),
      ...(signedIn !== null && { signedIn }),
      you: author,
      title,
      language,
      limits,
      last: this.settled.get(author) ?? null,
      ...this.talk.counts(),
      ...(!resumes && { text: this.text }),
    });
    for (let at = hello.rev ?? rev; resumes && at < rev; at += PAGE) say(wire, this.#frame(at - this.#firstRev));
    const person: Person = {
      author,
      person: hello.person ?? '',
      name: signedIn ?? hello.name ?? '',
      color: hello.color ?? 1,
      role,
      kind: 'ot',
    };
    const others = [...this.#members.values()].map((member) => member.person);
    this.broadcast({ t: 'people', join: [person], leave: [] });
    this.#members.set(wire, { author, person });
    say(wire, { t: 'people', join: [...others, person], leave: [] });
  }

  #dispatch(wire: FakeWire, { author }: Member, message: ReturnType<typeof decodeClientMessage>): void {
    switch (message.t) {
      case 'hello':
        throw new ProtocolFault('hello-twice', 4400, 'hello is said once.');
      case 'ping':
        return say(wire, { t: 'pong', at: message.at });
      case 'op': {
        const take = () => this.#op(wire, author, message);
        if (this.holding) this.#held.push(take);
        else take();
        return;
      }
      case 'cursor': {
        const frame = JSON.stringify({ ...message, author });
        for (const other of this.#members.keys()) if (other !== wire) other.push(frame);
        return;
      }
      case 'room':
        return this.locked ? this.#notWhileLocked(wire) : this.broadcast(message);
      case 'chat':
      case 'comment': {
        if (this.locked) return this.#notWhileLocked(wire, undefined, message.id);
        const answer = this.talk.take(author, message, this.rev);
        if (answer.isNew) this.broadcast(answer.frame);
        else say(wire, answer.frame);
        return;
      }
      case 'me':
      case 'mismatch':
      case 'writing':
        return;
    }
  }

  #op(wire: FakeWire, author: number, message: { seq: number; rev: number; op: Op }): void {
    if (this.role === 'view') throw new ProtocolFault('read-only', 4403, 'This link can read, but not write.');
    const last = this.settled.get(author) ?? { seq: 0, rev: 0 };
    if (message.seq <= last.seq) return say(wire, { t: 'ack', seq: message.seq, rev: last.rev });
    if (this.locked) return this.#notWhileLocked(wire, message.seq);
    if (message.seq !== last.seq + 1) throw new ProtocolFault('bad-seq', 4400, `Edit ${message.seq} jumps.`);
    if (message.rev > this.rev || message.rev < this.#firstRev)
      throw new ProtocolFault('bad-rev', 4400, 'No such revision.');
    let op = message.op;
    for (const entry of this.log.slice(message.rev - this.#firstRev)) op = transform(op, entry.op, 'right');
    const fault = fitOp(op, this.text);
    if (fault) throw new ProtocolFault('bad-op', 4400, fault.message);
    if (isIdentity(op)) {
      this.settled.set(author, { seq: message.seq, rev: this.rev });
      return say(wire, { t: 'ack', seq: message.seq, rev: this.rev });
    }
    if (lengthChange(op) > 0 && this.text.length + lengthChange(op) > this.limits.document) {
      throw new ProtocolFault('document-full', 4413, 'The document is full.');
    }
    this.#append(author, message.seq, op);
    this.broadcast(this.#frame(this.log.length - 1));
  }

  #notWhileLocked(wire: FakeWire, seq?: number, id?: string): void {
    const message = 'The owner locked this room.';
    const what = { ...(seq !== undefined && { seq }), ...(id !== undefined && { id }) };
    say(wire, { t: 'error', code: 'locked', message, ...what, retryMs: this.lockedMs });
  }

  #append(author: number, seq: number, op: Op): void {
    this.text = apply(this.text, op);
    this.log.push({ author, seq, op });
    this.settled.set(author, { seq, rev: this.rev });
  }

  #frame(index: number): ServerMessage {
    const ops = this.log.slice(index, index + PAGE).map(({ author, seq, op }): LoggedOp => [author, seq, op]);
    return { t: 'ops', rev: this.#firstRev + index + 1, ops };
  }

  /** The message that lets clients compare. */
  hash(): ServerMessage {
    return { t: 'hash', rev: this.rev, hash: fnv1a(this.text) };
  }
}

function refuse(wire: FakeWire, { code, message, close }: ProtocolFault): void {
  say(wire, { t: 'error', code, message });
  wire.end(close, code);
}

function say(wire: FakeWire, message: ServerMessage): void {
  wire.push(JSON.stringify(message));
}
