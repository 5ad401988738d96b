import { isIdentity, type Op } from '../ot/index.ts';
import type { Hello, Range, ServerMessage, Welcome } from '../protocol/index.ts';
import { Appearance, type Life } from './appearance.ts';
import { beginning } from './beginning.ts';
import { ChangeRun } from './change-run.ts';
import { Connection } from './connection.ts';
import { ClientFault } from './fault.ts';
import { Healing } from './healing.ts';
import { keepable } from './keepable.ts';
import { Keeper } from './keeper.ts';
import { Listeners } from './listeners.ts';
import { Myself } from './myself.ts';
import { Notices } from './notices.ts';
import { Outbox } from './outbox.ts';
import { Presence } from './presence.ts';
import type { Replica } from './replica.ts';
import { reporter } from './report.ts';
import type { RoomMeta } from './room-meta.ts';
import { Standing } from './standing.ts';
import { Talk } from './talk.ts';
import { entriesFrom, takeEntries } from './take-entries.ts';
import type { CaretCause, Fit, Inspection, OpenRoom, RemoteCaret, RemoteChange, RoomView, TalkWord } from './types.ts';

/** One open room: puts the document, the connection, the people and the status together. */
export class Room {
  readonly changes: Listeners<[RemoteChange]>;
  readonly caretMoves: Listeners<[readonly RemoteCaret[], CaretCause]>;
  readonly views: Listeners<[]>;
  readonly talk: Talk;
  readonly #options: OpenRoom;
  readonly #client: string;
  /** For a room that its first edit creates. */
  readonly #create: { owner: string; view: string } | null;
  readonly #replica: Replica;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #presence: Presence;
  readonly #meta: RoomMeta;
  readonly #keeper: Keeper | null;
  readonly #standing: Standing;
  readonly #myself: Myself;
  readonly #notices = new Notices();
  readonly #healing: Healing;
  readonly #appearance: Appearance;
  /** What came in this turn and the editor has not been given. */
  readonly #run = new ChangeRun((change) => this.#give(change));
  /** Others' carets may have moved in this turn. */
  #caretsMoved = false;
  #welcomed = false;
  #everWelcomed = false;
  /** An earlier page of this browser has seen the room. */
  readonly #wasThere: boolean;
  /** What is pending comes from an earlier page, and the server has not yet been heard about it. */
  #mayBeStale: boolean;
  /** The newest revision at the last welcome; up to it we are catching up. */
  #catchUpRev = 0;
  /** Units that were pending then and still are. */
  #backlog = 0;
  #wantsPublished = false;
  #closed = false;

  constructor(options: OpenRoom) {
    const { environment } = options;
    this.#options = options;
    const report = reporter(environment);
    this.changes = new Listeners(report);
    this.caretMoves = new Listeners(report);
    this.views = new Listeners(report);
    this.#myself = new Myself(options.me);
    const { client, replica, meta, role, create, found, wasThere, mayBeStale } = beginning(options);
    this.#client = client;
    this.#replica = replica;
    this.talk = new Talk(replica, report);
    this.#meta = meta;
    this.#standing = new Standing(role);
    this.#create = create;
    this.#wasThere = wasThere;
    this.#mayBeStale = mayBeStale;
    const refresh = () => this.#refresh();
    const about = () => ({ client, token: options.token, create, role: this.#standing.role });
    const kept = () => {
      this.#outbox.pump();
      refresh();
    };
    this.#keeper = environment.journal
      ? new Keeper(environment, environment.journal, keepable(about, meta, replica), found, kept)
      : null;
    this.#connection = new Connection(environment, {
      hello: () => this.#hello(),
      message: (message, isOver) => this.#message(message, isOver),
      turned: () => this.#turned(),
      broken: (error) => {
        this.#turned();
        report(error);
        this.#healing.broken(error);
      },
      down: (code, waitMs) => this.#down(code, waitMs),
      changed: refresh,
    });
    this.#healing = new Healing(this.#connection, replica);
    const gate = () => {
      const { limits, storeOk } = this.#standing;
      return { open: this.#maySend(), limits, storeOk };
    };
    this.#outbox = new Outbox(environment, this.#connection, this.#replica, gate, this.#keeper, refresh);
    this.#presence = new Presence(environment, this.#replica, {
      send: (rev, ranges) => this.#caughtUp() && this.#connection.send({ t: 'cursor', rev, ranges }),
      carets: (carets, cause) => this.caretMoves.emit(carets, cause),
      changed: refresh,
    });
    const parts = {
      token: options.token,
      replica,
      meta,
      standing: this.#standing,
      myself: this.#myself,
      presence: this.#presence,
      outbox: this.#outbox,
      connection: this.#connection,
      keeper: this.#keeper,
      notices: this.#notices,
      talk: this.talk,
      life: () => this.#life(),
    };
    this.#appearance = new Appearance(parts, environment, () => this.views.emit());
    this.#connection.start();
  }

  view(): RoomView {
    return this.#appearance.view;
  }

  text(): string {
    return this.#replica.text();
  }

  edit(op: Op): void {
    if (this.#closed) throw new ClientFault('closed', 'This room was closed; it takes no edits any more.');
    if (!this.#canEdit()) throw new ClientFault('read-only', `This room takes no edits: ${this.view().status.kind}.`);
    if (isIdentity(op)) return;
    this.#replica.edit(op);
    this.#keeper?.edited();
    this.#presence.edited(op);
    this.#outbox.pump();
    this.#appearance.refresh();
  }

  editAt(rev: number, op: Op): boolean {
    const now = this.#closed || !this.#canEdit() ? null : this.#replica.brought(op, rev);
    if (now === null || !this.fits(now).ok) return false;
    this.edit(now);
    this.#give({ op: now, author: this.view().you, own: true });
    return true;
  }

  fits(op: Op): Fit {
    return this.#replica.fits(op, this.#standing.limits.document);
  }

  select(ranges: readonly Range[] | null): void {
    if (!this.#closed) this.#presence.select(ranges);
  }

  rename(name: string, color: number): void {
    this.#myself.rename(name, color);
    this.#tellMe();
    this.#appearance.refresh();
  }

  setMeta(change: { title?: string; language?: string }): void {
    if (this.#standing.role === 'view') return;
    const wanted = this.#meta.want(change);
    this.#keeper?.touched();
    if (this.#welcomed && this.#standing.mayWrite) this.#connection.send({ t: 'room', ...wanted });
    this.#appearance.refresh();
  }

  publish(): void {
    if (!this.#create || this.#replica.state.rev > 0) return;
    this.#wantsPublished = true;
    if (this.#welcomed) this.#connection.send({ t: 'room' });
  }

  /** Sends chat, a comment, or that one is being written; false if that is impossible now. */
  say(message: TalkWord): boolean {
    return this.#welcomed && this.#standing.mayWrite && this.#connection.send(message);
  }

  dismiss(): void {
    this.#notices.dismiss();
    this.#appearance.refresh();
  }

  retry(): void {
    if (!this.#closed) this.#connection.retry();
  }

  inspect(): Inspection {
    const { state, pending } = this.#replica;
    return { pending: state.pending.kind, connection: this.#connection.state.kind, rev: state.rev, ...pending };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
    this.#outbox.close();
    this.#presence.close();
    this.#appearance.close();
    this.#keeper?.close();
  }

  #hello(): Hello {
    const { token, password } = this.#options;
    const create = this.#create;
    const { rev, epoch } = this.#replica.state;
    return {
      t: 'hello',
      v: 1,
      token,
      client: this.#client,
      ...this.#myself.introduced(),
      ...(password !== undefined && { password }),
      ...(epoch !== null && !this.#healing.needsText && { rev, epoch }),
      // Once the room was there, it is not to be made anew: it may have been deleted.
      ...(create && rev === 0 && { create }),
    };
  }

  /** Takes a message, or as much of it as the turn allows. Returns what is left of it, or null. */
  #message(message: ServerMessage, isOver: () => boolean): ServerMessage | null {
    let rest: ServerMessage | null = null;
    // Everything else may be about a text that the editor has to have by then.
    if (message.t !== 'ops' && message.t !== 'cursor') this.#turned();
    switch (message.t) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'ops':
        rest = this.#entries(message, isOver);
        break;
      case 'ack':
        this.#ack(message.seq, message.rev);
        break;
      case 'cursor':
        this.#presence.cursor(message.author, message.rev, message.ranges);
        this.#caretsMoved = true;
        break;
      case 'people':
        this.#presence.update(message.join, message.leave);
        break;
      case 'room':
        this.#meta.heard(message);
        break;
      case 'role':
        this.#standing.changed(message);
        this.#tellMeta();
        this.#outbox.lift();
        break;
      case 'store':
        this.#standing.stored(message);
        break;
      case 'hash':
        if (!this.#healing.compare(message, isOver)) rest = message;
        break;
      case 'error':
        // One with an id is about a chat message or a comment.
        if (message.id !== undefined) this.talk.take(message);
        else if (message.retryMs !== undefined) this.#notNow(message.code, message.retryMs);
        break;
      case 'resync':
        this.#healing.demandText('resync');
        break;
      case 'chat':
      case 'writing':
      case 'thread':
        this.talk.take(message);
        break;
      case 'pong':
      case 'drain':
        // The connection has done what there is to do.
        break;
    }
    if (message.t === 'welcome' || message.t === 'ack' || message.t === 'room' || message.t === 'role') {
      this.#keeper?.touched();
    }
    this.#refresh();
    return rest;
  }

  /** Gives the editor what has come, and then tells of the rest: whoever hears of it finds the editor's text and ours the same. */
  #turned(): void {
    if (this.#run.isEmpty && !this.#caretsMoved) return;
    this.#caretsMoved = false;
    this.#run.flush();
    this.#presence.tell();
    this.#refresh();
  }

  #refresh(): void {
    if (this.#run.isEmpty) this.#appearance.refresh();
  }

  #welcome(welcome: Welcome): void {
    if (this.#options.onNeedsPerson && this.#needsPerson(welcome)) return this.#options.onNeedsPerson();
    this.#standing.welcomed(welcome);
    this.#myself.welcomed(welcome.signedIn);
    this.#meta.heard({ title: welcome.title, language: welcome.language });
    const { text } = welcome;
    const uncertain = this.#takeBack(welcome);
    if (text === undefined) {
      if (!this.#replica.resume(welcome).consistent) return this.#healing.demandText('mismatch');
    } else {
      this.#rebase({ ...welcome, text });
    }
    this.#welcomed = true;
    this.#everWelcomed = true;
    this.#notices.welcomed();
    if (uncertain !== null) this.#notices.rebased(uncertain);
    this.#catchUpRev = welcome.rev;
    this.#backlog = this.#replica.unsaved;
    this.#tellMeta();
    if (this.#wantsPublished && this.#replica.state.rev === 0) this.#connection.send({ t: 'room' });
    this.#tellMe();
    this.#outbox.lift();
    this.#presence.welcomed();
    this.talk.welcomed(welcome);
  }

  /**
   * More of this client is settled than it knows of: an earlier page could not write any more (a full disk, a power loss)
   * and has sent what stands here as unsent, or another page has taken this one for dead and sent it. Sending it again would double it, so it is only kept as a copy.
   * Returns the text with it, or null if nothing is uncertain.
   */
  #takeBack(welcome: Welcome): string | null {
    const isStale = this.#isStale(welcome);
    this.#mayBeStale = false;
    if (!isStale) return null;
    const copy = this.text();
    const change = this.#replica.dropUnsent();
    this.#presence.rebased(change);
    this.#give({ op: change, author: null });
    return copy;
  }

  /** In another log too: what a restored backup has of us beyond what we know, an earlier page has sent. */
  #isStale({ last }: Welcome): boolean {
    const { state, hasUnsent } = this.#replica;
    return (
      (this.#mayBeStale || this.#everWelcomed) &&
      hasUnsent &&
      last !== null &&
      state.epoch !== null &&
      last.seq > state.seq
    );
  }

  #needsPerson(welcome: Welcome): boolean {
    return (welcome.text !== undefined && this.#replica.state.epoch !== null) || this.#isStale(welcome);
  }

  #rebase(welcome: Welcome & { text: string }): void {
    const { epoch } = this.#replica.state;
    const hadPending = this.#replica.unsaved > 0;
    const otherLog = epoch !== null && epoch !== welcome.epoch;
    const why = this.#healing.healed();
    const copy = this.text();
    const { change, moved } = this.#replica.rebase(welcome);
    this.#keeper?.replaced();
    this.#presence.rebased(change);
    this.#give({ op: change, author: null });
    // A page that knew no text yet has only got its first one.
    if (!moved || epoch === null) return;
    if (why === 'mismatch') this.#notices.healed();
    else if (hadPending || otherLog) this.#notices.rebased(copy);
  }

  /** Returns the entries that the turn did not allow, or null. */
  #entries(message: ServerMessage & { t: 'ops' }, isOver: () => boolean): ServerMessage | null {
    const unsaved = this.#replica.unsaved;
    const outstanding = this.#replica.outstanding;
    const outcome = takeEntries(message, this.#replica, isOver, (entry, step) => {
      const catchingUp = entry.rev <= this.#catchUpRev;
      this.#healing.entry();
      this.#keeper?.confirmed(entry.op);
      this.talk.entry(entry.op);
      // Nothing that was typed goes without a word and a copy.
      if (step.takenBack !== null) this.#notices.rebased(step.takenBack);
      this.#run.add(step.change, entry.author, catchingUp);
      this.#presence.entry(entry, step.change, catchingUp);
    });
    this.#caretsMoved = true;
    if (outcome === 'gap') this.#healing.gap();
    else if (outcome === 'inconsistent') this.#healing.demandText('mismatch');
    if (outcome === 'gap' || outcome === 'inconsistent') return null;
    if (outstanding && !this.#replica.outstanding) this.#acknowledged(unsaved - this.#replica.unsaved);
    this.#outbox.pump();
    return outcome === 'over' ? entriesFrom(message, this.#replica.state.rev + 1) : null;
  }

  #ack(seq: number, rev: number): void {
    const unsaved = this.#replica.unsaved;
    const step = this.#replica.acknowledge(seq, rev);
    if (!step.consistent) this.#healing.demandText('mismatch');
    else if (step.acknowledged) this.#acknowledged(unsaved - this.#replica.unsaved);
  }

  /** The outstanding edit of `units` is settled. */
  #acknowledged(units: number): void {
    this.#backlog = Math.max(0, Math.min(this.#backlog - units, this.#replica.unsaved));
    this.#notices.acknowledged();
    this.#outbox.settled();
    this.#presence.acknowledged();
  }

  #notNow(code: string, retryMs: number): void {
    // That the room is locked is said by the status.
    if (code !== 'locked') this.#notices.tooFast(retryMs);
    this.#outbox.hold(retryMs);
  }

  #down(code: number, waitMs: number): void {
    this.#turned();
    this.#welcomed = false;
    this.#myself.down();
    this.#notices.down(code, waitMs);
    this.#outbox.disconnected();
    this.#presence.down();
  }

  #tellMe(): void {
    if (this.#welcomed) this.#myself.tell((name, color) => this.#connection.send({ t: 'me', name, color }));
  }

  /** Says again what title and language this screen wants, if the server has not repeated it. */
  #tellMeta(): void {
    const meta = this.#meta.unconfirmed;
    if (meta && this.#welcomed && this.#standing.mayWrite) this.#connection.send({ t: 'room', ...meta });
  }

  #give(change: RemoteChange): void {
    if (!isIdentity(change.op)) this.changes.emit(change);
  }

  #caughtUp(): boolean {
    return this.#welcomed && this.#replica.state.rev >= this.#catchUpRev;
  }

  #maySend(): boolean {
    return this.#caughtUp() && this.#standing.mayWrite;
  }

  #canEdit(): boolean {
    const hasText = this.#replica.state.epoch !== null || this.#create !== null;
    return hasText && this.#standing.mayWrite && this.#connection.state.kind !== 'lost';
  }

  #life(): Life {
    const { rev } = this.#replica.state;
    return {
      welcomed: this.#welcomed,
      everWelcomed: this.#everWelcomed,
      wasThere: this.#everWelcomed || this.#wasThere,
      catchingUp: this.#backlog > 0 || !this.#caughtUp(),
      fresh: this.#create !== null && rev === 0,
      canEdit: this.#canEdit(),
    };
  }
}
