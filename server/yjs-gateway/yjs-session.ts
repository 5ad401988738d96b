import { CloseCode, ProtocolFault, type Person } from '../../lib/protocol/index.ts';
import { decodeFrame, frames, isEmptyUpdate, YjsFault, type Frame, type SharedText } from '../../lib/yjs/index.ts';
import { Allowance, type Cost } from '../allowance.ts';
import { guestsOf, traitsOf, type Caller } from '../caller.ts';
import { countEnd } from '../counters.ts';
import type { ServerLimits } from '../limits.ts';
import type { Holder } from '../links/holders.ts';
import { refusals } from '../links/refusals.ts';
import { CountedSink } from '../metrics/counted-sink.ts';
import { Outflow } from '../outflow.ts';
import { randomToken } from '../random.ts';
import { mayWrite } from '../role.ts';
import type { YjsMember } from '../room/yjs-member.ts';
import type { Lease } from '../rooms.ts';
import type { SessionDeps, SessionLimits, Wire } from '../session.ts';
import { faultOf } from '../session-fault.ts';
import { FrameQueue } from './frame-queue.ts';
import { forYjs, isRefusal, tryAgain } from './stock-faults.ts';
import { YjsSelf } from './yjs-self.ts';

export type YjsSessionLimits = SessionLimits &
  Pick<ServerLimits, 'yjsWaiting' | 'yjsWaitingBytes' | 'awarenessState' | 'awarenessStates'>;

export interface YjsSessionDeps extends Omit<SessionDeps, 'limits'> {
  limits: YjsSessionLimits;
}

/** What the address says: `/yjs/<token>?text=<root>&password=<password>`. */
export interface YjsAddress {
  token: string;
  root: string;
  password: string | null;
}

type State = { kind: 'opening' } | { kind: 'open'; lease: Lease } | { kind: 'closed' };

/** A stock client tells its own presence before it hears others'; one that has none is told them after this long, in ms. */
const OTHERS_AFTER_MS = 500;

/**
 * One socket of a stock Yjs client (y-websocket): from its opening to its close. Speaks y-protocols' sync and awareness;
 * the room takes its updates as edits. See docs/decisions/yjs-bridge.md.
 */
export class YjsSession implements YjsMember, Holder {
  readonly id = randomToken();
  /** Nothing is told to it by revision. */
  readonly rev = 0;
  readonly #wire: Wire;
  readonly #deps: YjsSessionDeps;
  readonly #caller: Caller;
  readonly #allowance: Allowance;
  readonly #outflow: Outflow;
  readonly #queue: FrameQueue;
  #state: State = { kind: 'opening' };
  #letGo: () => void = () => undefined;
  readonly #self: YjsSelf;
  #cancelOthers: (() => void) | null = null;
  /** Frames wait: for a rate, or for an answer of the room. */
  #held = false;
  #cancelHold: (() => void) | null = null;
  /** Edits in the room's hands. */
  #unanswered = 0;
  #toldReadOnly = false;
  #answered = false;

  constructor(wire: Wire, deps: YjsSessionDeps, where: YjsAddress, caller: Caller) {
    const { clock, limits, counters } = deps;
    this.#wire = wire;
    this.#deps = deps;
    this.#caller = caller;
    this.#allowance = new Allowance(clock, limits, caller.budget);
    this.#queue = new FrameQueue(limits.yjsWaiting, limits.yjsWaitingBytes);
    this.#outflow = new Outflow(new CountedSink(wire, counters, 'yjs'), clock, limits, {
      behind: () => undefined,
      drained: () => undefined,
      tooSlow: () => {
        counters.fellBehind++;
        this.end(new ProtocolFault('slow-consumer', CloseCode.SLOW_CONSUMER, 'This connection reads too slowly.'));
      },
    });
    this.#self = new YjsSelf(this, caller, {
      id: this.id,
      lease: () => (this.#state.kind === 'open' ? this.#state.lease : null),
      ask: (question) => this.#ask(question),
      mayRename: () => this.#allowance.take('other', 0) === 0,
      hold: () => this.#hold(),
      release: () => this.#release(),
      failed: (error) => this.end(this.#faultOf(error)),
    });
    this.#join(where).catch((error: unknown) => this.end(this.#faultOf(error)));
  }

  get person(): Person {
    return this.#self.person;
  }

  get link(): number {
    return this.#state.kind === 'open' ? this.#state.lease.link : 0;
  }

  /** Its presence names a person only to others: whoever has no cookie is known by address. */
  get guests(): readonly string[] {
    return guestsOf(this.#caller, '');
  }

  get traits(): readonly string[] {
    return traitsOf(this.#caller, '');
  }

  get patientUntil(): number {
    // Nothing is read of it now, its pongs included.
    return this.#held ? Infinity : this.#outflow.patientUntil;
  }

  /** A text frame has arrived: this wire has none. */
  receive(): void {
    this.end(new ProtocolFault('bad-frame', CloseCode.BAD_MESSAGE, 'Messages of Yjs are binary frames.'));
  }

  /** A binary frame has arrived. */
  receiveBinary(frame: Uint8Array): void {
    if (this.#state.kind === 'closed') return;
    if (!this.#queue.push(frame)) {
      const why = 'Messages kept coming although nobody could take them. Synchronise again.';
      return this.end(new ProtocolFault('too-fast', CloseCode.TRY_AGAIN, why));
    }
    this.#pump();
  }

  sendYjs(frame: Uint8Array): void {
    this.#outflow.send(bufferOf(frame));
    // Looks from now on whether it drains, and gives it up if it does not.
    if (this.#wire.buffered > this.#deps.limits.slowStop) void this.#outflow.roomForMore();
  }

  sendYjsLossy(frame: Uint8Array): void {
    this.#outflow.sendLossy(bufferOf(frame));
  }

  /** What `tandem.1` says; a Yjs client hears the same in its own words. */
  welcome(): void {}
  sendEntries(): void {}
  send(): void {}
  sendLossy(): void {}

  roomForMore(): Promise<void> {
    return this.#outflow.roomForMore();
  }

  /** Says what is wrong, as far as the wire has words for it, and closes. Nothing that arrives afterwards is heard. */
  end(fault: ProtocolFault): void {
    if (this.#state.kind === 'closed') return;
    countEnd(this.#deps.counters, fault.code);
    // The one sentence that stock clients show, and they show it as a refusal.
    if (isRefusal(fault.close)) this.#outflow.sendLast(bufferOf(frames.permissionDenied(fault.message)));
    this.#leave();
    // A paused socket would not see the other side's close.
    this.#wire.resume();
    this.#wire.close(fault.close, fault.code);
  }

  /** The socket has gone, for whatever reason. */
  closed(): void {
    this.#leave();
  }

  #leave(): void {
    const state = this.#state;
    this.#state = { kind: 'closed' };
    this.#outflow.stop();
    this.#cancelOthers?.();
    this.#cancelHold?.();
    this.#letGo();
    if (state.kind !== 'open') return;
    this.#deps.counters.here.yjs--;
    state.lease.room.unlisten(this);
    state.lease.release();
  }

  /** What was dropped while the room was locked is asked for again. */
  lockChanged(locked: boolean): void {
    this.#toldReadOnly = false;
    if (!locked) this.#ask((shared) => this.sendYjs(frames.syncStep1(shared.stateVector())));
  }

  async #join({ token, root, password }: YjsAddress): Promise<void> {
    const { rooms, counters } = this.#deps;
    if (!this.#allowance.admitTo('joins')) throw tryAgain('Too many connections come from this address.');
    const knock = { token, caller: this.#caller, person: '', password };
    const lease = await rooms.open(knock, { mayMake: () => this.#allowance.admitTo('rooms') });
    if (!lease) throw refusals.noSuchRoom();
    if (this.#state.kind === 'closed') return lease.release();
    this.#state = { kind: 'open', lease };
    counters.here.yjs++;
    this.#self.admitted(lease.role);
    this.#letGo = lease.hold(this);
    // The link's time may be over in this very moment: then we have left before we knew how to let go.
    if (this.#isClosed()) return this.#letGo();
    this.#held = true;
    lease.room.listen(this, root, (shared) => {
      counters.joins++;
      this.sendYjs(frames.syncStep1(shared.stateVector()));
      this.#cancelOthers = this.#deps.clock.after(OTHERS_AFTER_MS, () => this.#self.tellOthers());
      this.#release();
    });
  }

  /** Handles what waits, for as long as it may. */
  #pump(): void {
    for (;;) {
      const state = this.#state;
      const bytes = this.#queue.first;
      if (state.kind !== 'open' || this.#held || bytes === undefined) return;
      try {
        const frame = decodeFrame(bytes, this.#bounds);
        if (this.#unanswered >= this.#deps.limits.unansweredEdits) return this.#hold();
        const wait = this.#allowance.take(costOf(frame), bytes.length);
        if (wait > 0) return this.#holdFor(wait);
        this.#queue.shift();
        this.#deps.counters.messagesIn[`yjs-${frame.kind}`]++;
        this.#handle(state.lease, frame);
      } catch (error) {
        return this.end(this.#faultOf(error));
      }
    }
  }

  get #bounds(): { stateBytes: number; states: number } {
    const { awarenessState, awarenessStates } = this.#deps.limits;
    return { stateBytes: awarenessState, states: awarenessStates };
  }

  /** Nothing more is read until `#release`. */
  #hold(): void {
    this.#held = true;
    this.#wire.pause();
  }

  #holdFor(ms: number): void {
    this.#deps.counters.rateLimited++;
    this.#hold();
    this.#cancelHold = this.#deps.clock.after(ms, () => this.#release());
  }

  #release(): void {
    if (this.#state.kind === 'closed') return;
    this.#held = false;
    this.#wire.resume();
    this.#pump();
  }

  #handle({ room }: Lease, frame: Frame): void {
    switch (frame.kind) {
      case 'state-vector':
        return this.#ask((shared) => this.#answer(frames.syncStep2(shared.diff(frame.vector))));
      case 'update':
        return this.#edit(frame);
      case 'awareness':
        return this.#self.hear(frame.states);
      case 'query-awareness':
        return this.#ask((shared) => room.bridge.presence && this.sendYjsLossy(room.bridge.presence.all(shared)));
      case 'auth':
        // What a server says. A client has nothing to say there.
        return;
    }
  }

  /** Asks the Y.Doc, at a committed moment. What the question throws ends this session and no other (P7). */
  #ask(question: (shared: SharedText) => void): void {
    if (this.#state.kind !== 'open') return;
    this.#state.lease.room.bridge.ask((shared) => {
      if (this.#state.kind !== 'open') return;
      try {
        question(shared);
      } catch (error) {
        this.end(this.#faultOf(error));
      }
    });
  }

  /** The first answer brings the whole text, and may take its time. */
  #answer(frame: Uint8Array): void {
    if (this.#answered) return this.sendYjs(frame);
    this.#answered = true;
    this.#outflow.welcome([bufferOf(frame)], 0);
  }

  #edit({ update, answer }: Frame & { kind: 'update' }): void {
    // The answer of a client that has nothing we lack.
    if (isEmptyUpdate(update)) return;
    const forbidden = this.#whyNotWrite();
    if (forbidden !== null) {
      // An answer without structs names deletions that we know: nobody has tried to write.
      if (this.#toldReadOnly || (answer && update[0] === 0)) return;
      this.#toldReadOnly = true;
      return this.sendYjs(frames.permissionDenied(forbidden));
    }
    if (this.person.author === 0) return this.#self.introduce(null, () => this.#submit(update));
    this.#submit(update);
  }

  #whyNotWrite(): string | null {
    if (!mayWrite(this.person.role)) return 'This link can read, but not write.';
    const isLocked = this.#state.kind === 'open' && this.#state.lease.room.meta.locked;
    return isLocked ? 'The owner locked this room.' : null;
  }

  #isClosed(): boolean {
    return this.#state.kind === 'closed';
  }

  #submit(update: Uint8Array): void {
    if (this.#state.kind !== 'open') return;
    this.#unanswered++;
    const { counters } = this.#deps;
    counters.edits++;
    const taken = counters.now();
    this.#state.lease.room.submit({
      kind: 'update',
      author: this.person.author,
      update,
      done: (outcome) => {
        const wasFull = this.#unanswered-- >= this.#deps.limits.unansweredEdits;
        if (outcome.kind === 'refused') return this.end(forYjs(outcome.fault));
        if (outcome.kind === 'logged') counters.tellMs.observe(counters.now() - taken);
        if (wasFull && this.#held) this.#release();
      },
    });
  }

  #faultOf(error: unknown): ProtocolFault {
    if (error instanceof YjsFault) return new ProtocolFault('bad-frame', CloseCode.BAD_MESSAGE, error.message);
    return forYjs(faultOf(error, this.#deps.log, { session: this.id }));
  }
}

function costOf(frame: Frame): Cost {
  switch (frame.kind) {
    case 'update':
      return 'op';
    case 'state-vector':
    case 'query-awareness':
      return 'sync';
    case 'awareness':
      return 'awareness';
    case 'auth':
      return 'other';
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
