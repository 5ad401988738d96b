import {
  CloseCode,
  COLORS,
  decodeClientMessage,
  decodeCompactOp,
  ProtocolFault,
  type ClientMessage,
  type Hello,
  type Person,
  type ServerMessage,
} from '../lib/protocol/index.ts';
import { Allowance, type AllowanceLimits, type Verdict } from './allowance.ts';
import { guestsOf, personOfUser, traitsOf, type Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { countEnd, type Counters } from './counters.ts';
import type { ServerLimits } from './limits.ts';
import type { Holder } from './links/holders.ts';
import { refusals } from './links/refusals.ts';
import type { Log } from './log.ts';
import { CountedSink } from './metrics/counted-sink.ts';
import { Outflow, type OutflowLimits, type OutflowOwner } from './outflow.ts';
import { randomToken } from './random.ts';
import { type EntriesFrame, frameOf } from './room/frame.ts';
import type { Member } from './room/member.ts';
import { aboutOf, costOf, type About } from './message-cost.ts';
import { mayWrite } from './role.ts';
import type { Lease, Rooms } from './rooms.ts';
import { faultOf } from './session-fault.ts';

/** The socket under a session: `ws` in production, a queue in tests. */
export interface Wire {
  send(frame: Buffer): void;
  /** Sends a binary frame. Absent: this one has text frames only. */
  sendBinary?(frame: Buffer): void;
  /** Sends pieces as one frame, without making one of them. Absent: it takes whole ones. */
  sendPieces?(pieces: readonly Buffer[]): void;
  /** Bytes given to `send` that have not left the process. */
  readonly buffered: number;
  close(code: CloseCode, reason: string): void;
  /** No further frames are handed to us until `resume`. */
  pause(): void;
  resume(): void;
}

export type SessionLimits = AllowanceLimits &
  OutflowLimits &
  Pick<ServerLimits, 'helloTimeoutMs' | 'waitingMessages' | 'unansweredEdits'>;

export interface SessionDeps {
  rooms: Rooms;
  clock: Clock;
  log: Log;
  limits: SessionLimits;
  counters: Counters;
}

type State =
  | { kind: 'greeting'; cancelTimeout: () => void }
  | { kind: 'joining'; queue: (string | Buffer)[] }
  | { kind: 'joined'; lease: Lease; member: Member }
  | { kind: 'closed' };

/** After this long a full queue is worth another try, in ms: some commits later. Whoever waits for a lock hears when it is off. */
const RETRY_MS = 1_000;
const LOCKED = 'The owner locked this room.';

/** A name when none was given; our own page always gives one. */
const NAMELESS = 'Guest';

/** One socket of one client: from its `hello` to its close. Speaks the protocol; knows nothing of documents. */
export class Session implements Member, Holder, OutflowOwner {
  readonly id = randomToken();
  readonly #wire: Wire;
  readonly #deps: SessionDeps;
  readonly #caller: Caller;
  /** It has chosen `COMPACT_SUBPROTOCOL`. */
  readonly #isCompact: boolean;
  readonly #allowance: Allowance;
  readonly #outflow: Outflow;
  #state: State;
  /** Set once the author number is known; nothing is sent to the room before. */
  #person: Person = { author: 0, person: '', name: NAMELESS, color: 1, role: 'view', kind: 'ot' };
  /** Held from finding the room to the end of the session. */
  #lease: Lease | null = null;
  #letGo: () => void = () => undefined;
  /** The revision that its hello had, -1 if that is of another log; null if it had none. */
  #cameBackAt: number | null = null;
  /** Edits in the room's hands. */
  #unanswered = 0;
  /** Withheld entries are being told. */
  #catchingUp = false;

  constructor(wire: Wire, deps: SessionDeps, caller: Caller, isCompact = false) {
    this.#wire = wire;
    this.#deps = deps;
    this.#caller = caller;
    this.#isCompact = isCompact;
    this.#allowance = new Allowance(deps.clock, deps.limits, caller.budget);
    const sink = new CountedSink(wire, deps.counters, isCompact ? 'compact' : 'tandem');
    this.#outflow = new Outflow(sink, deps.clock, deps.limits, this);
    const cancelTimeout = deps.clock.after(deps.limits.helloTimeoutMs, () =>
      this.end(new ProtocolFault('hello-timeout', CloseCode.HELLO_TIMEOUT, 'No "hello" came in time.')),
    );
    this.#state = { kind: 'greeting', cancelTimeout };
  }

  get person(): Person {
    return this.#person;
  }

  get signedIn(): string | undefined {
    return this.#caller.user?.name;
  }

  get rev(): number {
    return this.#outflow.rev;
  }

  get link(): number {
    return this.#lease?.link ?? 0;
  }

  get guests(): readonly string[] {
    return guestsOf(this.#caller, this.#person.person);
  }

  get traits(): readonly string[] {
    return traitsOf(this.#caller, this.#person.person);
  }

  /** Until then silence of the other end means nothing: a large welcome fills its line. Milliseconds as of the clock. */
  get patientUntil(): number {
    return this.#outflow.patientUntil;
  }

  get isInside(): boolean {
    return this.#state.kind === 'joined';
  }

  /** A text frame has arrived. */
  receive(frame: string, at?: number): void {
    this.#receive(frame, at);
  }

  /** A binary frame has arrived. */
  receiveBinary(frame: Buffer, at?: number): void {
    if (this.#isCompact) return this.#receive(frame, at);
    this.end(
      new ProtocolFault('bad-frame', CloseCode.BAD_MESSAGE, 'Messages are text frames, and this one was binary.'),
    );
  }

  #receive(frame: string | Buffer, at = this.#deps.counters.now()): void {
    const state = this.#state;
    switch (state.kind) {
      case 'greeting':
        return this.#guard(() => this.#greet(state, decode(frame)));
      case 'joining':
        if (state.queue.length >= this.#deps.limits.waitingMessages) {
          return this.end(tooFast('Too many messages came before the room was open.'));
        }
        state.queue.push(frame);
        return;
      case 'joined':
        return this.#guard(() => this.#take(state, frame, at));
      case 'closed':
        return;
    }
  }

  welcome(frame: Buffer, rev: number): void {
    this.welcomeInPieces([frame], rev);
  }

  welcomeInPieces(pieces: readonly Buffer[], rev: number): void {
    if (this.#cameBackAt !== null) this.#deps.counters[rev === this.#cameBackAt ? 'resumed' : 'resyncs']++;
    this.#outflow.welcome(pieces, rev);
  }

  sendEntries(frame: EntriesFrame, first: number, last: number): void {
    this.#outflow.sendEntries(frame, first, last);
  }

  send(frame: Buffer): void {
    this.#outflow.send(frame);
  }

  sendLossy(frame: Buffer): void {
    this.#outflow.sendLossy(frame);
  }

  roomForMore(): Promise<void> {
    return this.#outflow.roomForMore();
  }

  /** Says what is wrong and closes. Nothing that arrives afterwards is heard. */
  end(fault: ProtocolFault, seq?: number): void {
    if (this.#state.kind === 'closed') return;
    countEnd(this.#deps.counters, fault.code);
    this.#outflow.sendLast(
      frameOf({ t: 'error', code: fault.code, message: fault.message, ...(seq !== undefined && { seq }) }),
    );
    this.#leave();
    // A paused socket would not see the other side's close.
    this.#wire.resume();
    this.#wire.close(fault.close, fault.code);
  }

  /** Entries begin to be withheld. */
  behind(): void {
    this.#deps.counters.fellBehind++;
  }

  /** The socket has drained: tells what was withheld meanwhile. */
  drained(): void {
    const state = this.#state;
    if (state.kind !== 'joined' || this.#catchingUp) return;
    this.#catchingUp = true;
    const caughtUp = state.lease.room.bringUp(this).finally(() => {
      this.#catchingUp = false;
    });
    this.#orEnd(caughtUp);
  }

  tooSlow(): void {
    this.end(new ProtocolFault('slow-consumer', CloseCode.SLOW_CONSUMER, 'This connection reads too slowly.'));
  }

  /** The socket has gone, for whatever reason. */
  closed(): void {
    this.#leave();
  }

  lockChanged(locked: boolean): void {
    // Before its welcome nothing may be said, and the welcome tells.
    if (this.#outflow.isWelcomed) this.#reply({ t: 'role', role: this.#person.role, locked });
  }

  #leave(): void {
    const state = this.#state;
    this.#state = { kind: 'closed' };
    if (state.kind === 'greeting') state.cancelTimeout();
    if (state.kind === 'joined') this.#deps.counters.here.ot--;
    this.#outflow.stop();
    this.#letGo();
    this.#lease?.room.leave(this);
    this.#lease?.release();
    this.#lease = null;
  }

  #reply(message: ServerMessage): void {
    this.send(frameOf(message));
  }

  #greet(state: State & { kind: 'greeting' }, message: ClientMessage): void {
    this.#deps.counters.messagesIn[message.t]++;
    if (message.t !== 'hello') {
      throw new ProtocolFault(
        'hello-expected',
        CloseCode.BAD_MESSAGE,
        `The first message has to be "hello", not "${message.t}".`,
      );
    }
    if (!this.#allowance.admitTo('joins')) throw tooFast('Too many connections come from this address.');
    state.cancelTimeout();
    const joining: State = { kind: 'joining', queue: [] };
    this.#state = joining;
    this.#wire.pause();
    this.#join(message)
      .then((lease) => {
        // The session may have been closed while it joined.
        if (this.#state !== joining) return;
        const joined: State & { kind: 'joined' } = { kind: 'joined', lease, member: this };
        this.#state = joined;
        this.#deps.counters.joins++;
        this.#deps.counters.here.ot++;
        this.#wire.resume();
        for (const frame of joining.queue) this.#receive(frame);
      })
      .catch((error: unknown) => this.end(this.#faultOf(error)));
  }

  async #join(hello: Hello): Promise<Lease> {
    const { user } = this.#caller;
    const person = user ? personOfUser(user) : (hello.person ?? '');
    const knock = { token: hello.token, caller: this.#caller, person, password: hello.password ?? null };
    const mayMake = (): boolean => this.#allowance.admitTo('rooms');
    const lease = await this.#deps.rooms.open(knock, { create: hello.create, mayMake });
    if (!lease) throw refusals.noSuchRoom();
    if (this.#state.kind === 'closed') {
      lease.release();
      return lease;
    }
    this.#lease = lease;
    const { room, role, link } = lease;
    const name = user?.name ?? (hello.name?.trim() || NAMELESS);
    this.#person = { ...this.#person, person, name, role };
    this.#letGo = lease.hold(this);
    // The link's time may be over in this very moment: then we have left before we knew how to let go.
    if (this.#lease === null) this.#letGo();
    const author = await room.author({ client: hello.client, person, name, color: hello.color ?? 1, kind: 'ot', link });
    const color = hello.color ?? ((author - 1) % COLORS) + 1;
    this.#person = { author, person, name, color, role, kind: 'ot' };
    if (this.#lease === null) return lease;
    const from = hello.rev !== undefined && hello.epoch !== undefined ? { rev: hello.rev, epoch: hello.epoch } : null;
    if (from) this.#cameBackAt = from.epoch === room.epoch ? from.rev : -1;
    if (!room.notes.isReady) await room.notes.ready();
    await room.join({ member: this, session: this.id, from });
    return lease;
  }

  /** Handles a message, or says "later" if it came too fast; then nothing of it was taken. */
  #take(state: State & { kind: 'joined' }, frame: string | Buffer, at: number): void {
    const message = decode(frame);
    this.#deps.counters.messagesIn[message.t]++;
    const verdict = this.#allowance.admit(costOf(message), Buffer.byteLength(frame));
    if (verdict.kind === 'taken') this.#dispatch(state, message, at);
    else {
      this.#putOff(verdict, 'too-fast', 'This is faster than the limits allow.', aboutOf(message));
    }
  }

  #putOff(
    verdict: Verdict & { kind: 'later' | 'abuse' },
    code: 'too-fast' | 'locked',
    why: string,
    about: About,
  ): void {
    this.#deps.counters.rateLimited++;
    if (verdict.kind === 'abuse') {
      return this.end(tooFast('Messages kept coming although they were put off.'), about.seq);
    }
    const { retryMs } = verdict;
    this.#reply({ t: 'error', code, message: why, ...about, retryMs });
  }

  #dispatch({ lease }: State & { kind: 'joined' }, message: ClientMessage, at: number): void {
    const { room } = lease;
    switch (message.t) {
      case 'hello':
        throw new ProtocolFault('hello-twice', CloseCode.BAD_MESSAGE, '"hello" is said once.');
      case 'op':
        return this.#edit(lease, message, at);
      case 'cursor':
        return room.cursor(this, message.rev, message.ranges);
      case 'me':
        this.#person = {
          ...this.#person,
          name: this.signedIn ?? (message.name.trim() || NAMELESS),
          color: message.color,
        };
        return this.#orEnd(room.rename(this));
      case 'room':
        return this.#describe(lease, message);
      case 'chat':
      case 'comment':
        return this.#note(lease, message);
      case 'writing':
        return this.#writing(lease);
      case 'ping':
        return this.#reply({ t: 'pong', at: message.at });
      case 'mismatch':
        this.#deps.counters.mismatches++;
        this.#deps.log.warn(
          { room: room.id, session: this.id, rev: message.rev },
          'a client had another text and heals',
        );
        return;
    }
  }

  #describe({ room }: Lease, { title, language }: ClientMessage & { t: 'room' }): void {
    this.#writable();
    if (room.meta.locked) return this.#later('locked', LOCKED);
    this.#orEnd(room.setMeta({ ...(title !== undefined && { title }), ...(language !== undefined && { language }) }));
  }

  #writing({ room }: Lease): void {
    this.#writable();
    // Nothing waits for an answer to it.
    if (!room.meta.locked) room.audience.writes(this);
  }

  #note({ room }: Lease, wish: ClientMessage & { t: 'chat' | 'comment' }): void {
    this.#writable();
    if (room.meta.locked) return this.#later('locked', LOCKED, { id: wish.id });
    this.#orEnd(room.notes.take(this, wish));
  }

  #edit({ room }: Lease, { seq, rev, op }: ClientMessage & { t: 'op' }, at: number): void {
    this.#writable();
    if (room.meta.locked) return this.#later('locked', LOCKED, { seq });
    if (this.#unanswered >= this.#deps.limits.unansweredEdits) {
      return this.#later('too-fast', 'Earlier edits wait for their answers.', { seq });
    }
    this.#unanswered++;
    const { counters } = this.#deps;
    counters.edits++;
    room.submit({
      kind: 'op',
      author: this.#person.author,
      seq,
      rev,
      op,
      done: (outcome) => {
        this.#unanswered--;
        switch (outcome.kind) {
          case 'logged':
            // The entry itself, which everybody gets, is the acknowledgement.
            return counters.tellMs.observe(counters.now() - at);
          case 'settled':
            return this.#outflow.sendAck(frameOf({ t: 'ack', seq, rev: outcome.rev }), outcome.rev);
          case 'refused':
            if (outcome.fault.close === CloseCode.TOO_FAST)
              return this.#later('too-fast', outcome.fault.message, { seq });
            return this.end(outcome.fault, seq);
        }
      },
    });
  }

  /** A queue is full, or the room locked: what came was not taken, and may come again. */
  #later(code: 'too-fast' | 'locked', why: string, about: About = {}): void {
    const verdict = this.#allowance.refuse(RETRY_MS);
    if (verdict.kind !== 'taken') this.#putOff(verdict, code, why, about);
  }

  #writable(): void {
    if (!mayWrite(this.#person.role)) {
      throw new ProtocolFault('read-only', CloseCode.FORBIDDEN, 'This link can read, but not write.');
    }
  }

  /** Runs a handler; what it throws ends this session and no other (P7). */
  #guard(handle: () => void): void {
    try {
      handle();
    } catch (error) {
      this.end(this.#faultOf(error));
    }
  }

  #orEnd(work: Promise<void>): void {
    work.catch((error: unknown) => this.end(this.#faultOf(error)));
  }

  #faultOf(error: unknown): ProtocolFault {
    return faultOf(error, this.#deps.log, { session: this.id });
  }
}

function decode(frame: string | Buffer): ClientMessage {
  return typeof frame === 'string' ? decodeClientMessage(frame) : decodeCompactOp(frame);
}

function tooFast(why: string): ProtocolFault {
  return new ProtocolFault('too-fast', CloseCode.TOO_FAST, why);
}
