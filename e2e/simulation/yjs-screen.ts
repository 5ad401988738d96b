import * as time from 'lib0/time';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { isIdentity, type Op } from '../../lib/ot/index.ts';
import type { Range } from '../../lib/protocol/index.ts';
import { inPage, type PageGlobals } from './page-globals.ts';
import type { Caller } from './network.ts';
import { socketClass } from './simulated-socket.ts';
import type { Stage } from './stage.ts';
import { deletedBy, insertedBy, tokensIn } from './tokens.ts';
import type { YjsTraits } from './traits.ts';
import { YjsMonitor } from './yjs-monitor.ts';

/** Browsers' timers are no shorter than this, in ms. */
const SHORTEST_MS = 1;

export interface YjsScreenOptions {
  name: string;
  /** With the link that may only read. */
  viewer: boolean;
  traits: YjsTraits;
  offline: boolean;
  /** What the browser has kept of an earlier page, which this one goes on with. */
  heir?: { of: YjsScreen; kept: Uint8Array };
}

/** One tab with a stock Yjs client: a real Y.Doc and the real y-websocket on the simulated network and time. */
export class YjsScreen implements Caller {
  readonly name: string;
  readonly viewer: boolean;
  offline: boolean;
  closed = false;
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly #stage: Stage;
  readonly #provider: WebsocketProvider;
  readonly #page: PageGlobals;
  #frozenUntil = 0;
  /** Letters typed and deleted here, and by the pages before, that are not known to be on disk. */
  #typed: string[] = [];
  #deleted: string[] = [];

  constructor(stage: Stage, { name, viewer, traits, offline, heir }: YjsScreenOptions) {
    this.#stage = stage;
    this.name = name;
    this.viewer = viewer;
    this.offline = offline;
    const { world, network, room, replica } = stage;
    const random = world.random(`yjs ${name}`);
    this.#page = this.#globals();
    const WebSocketPolyfill = socketClass({
      dial: (url, handlers) =>
        network.connect(
          this,
          {
            open: () => this.#whenAwake(() => handlers.open()),
            message: (frame) => this.#whenAwake(() => handlers.message(frame)),
            closed: (code, reason) => this.#whenAwake(() => handlers.closed(code, reason)),
          },
          new YjsMonitor(world, replica, name),
          (server, wire) => server.acceptYjs(wire, url, traits.limits),
        ),
      after: (ms, run) => this.#page.after(ms, run),
    });
    const { doc, provider } = inPage(this.#page, () => {
      if (time.getUnixTime() !== world.scheduler.now) throw new Error('Yjs was loaded before page-globals.ts.');
      const made = new Y.Doc();
      made.clientID = Math.floor(random.next() * 2 ** 32);
      if (heir) Y.applyUpdate(made, heir.kept, 'kept');
      const token = viewer ? room.view : room.edit;
      const params = traits.root === null ? {} : { text: traits.root };
      const options = { WebSocketPolyfill, disableBc: true, params };
      return { doc: made, provider: new WebsocketProvider('ws://server/yjs', token, made, options) };
    });
    // Histories end, and the process goes on.
    process.off('exit', provider._exitHandler);
    this.doc = doc;
    this.text = doc.getText(traits.root ?? DEFAULT_ROOT);
    this.#provider = provider;
    this.run(() => provider.awareness.setLocalStateField('user', { name, color: '#30bced' }));
    if (!heir) return;
    const kept = new Set(tokensIn(this.text.toJSON()));
    const lost = heir.of.#typed.filter((letter) => !kept.has(letter) && !this.#isLogged(letter));
    stage.tokens.doubtTyped(lost);
    stage.tokens.doubtDeleted(heir.of.#deleted);
    this.#typed = heir.of.#typed.filter((letter) => kept.has(letter));
  }

  get frozen(): boolean {
    return this.#frozenUntil > this.#stage.world.scheduler.now;
  }

  /** Something that is no text waits to be taken out by the server: then positions are not those of the text. */
  get canEdit(): boolean {
    return !this.closed && !this.frozen && !this.viewer && this.text.length === this.text.toJSON().length;
  }

  get clientId(): number {
    return this.doc.clientID;
  }

  get states(): ReadonlyMap<number, Record<string, unknown>> {
    return this.#provider.awareness.getStates();
  }

  /** It has all that is on disk, and the disk all that is here. */
  get rests(): boolean {
    const { replica, ledger } = this.#stage;
    if (!this.#provider.synced || !this.#provider.wsconnected) return false;
    if (this.text.toJSON() !== (ledger()?.text ?? '')) return false;
    return replica.equals(this.doc);
  }

  /** How it is, in words. */
  describe(): string {
    const { synced, wsconnected } = this.#provider;
    const same = this.text.toJSON() === (this.#stage.ledger()?.text ?? '');
    return `${this.name} is ${wsconnected ? 'online' : 'not online'}, ${synced ? '' : 'not '}synced, with ${same ? 'the same' : 'another'} text`;
  }

  /** Runs something as its page. */
  run(what: () => void): void {
    inPage(this.#page, what);
  }

  /** Somebody edits here, as editors' bindings do it: in one transaction, and the caret goes where the edit ends. */
  edit(op: Op): void {
    if (isIdentity(op)) return;
    const { tokens, world } = this.#stage;
    const typed = tokensIn(insertedBy(op));
    const deleted = tokensIn(deletedBy(op, this.text.toJSON()));
    world.trace(() => `${this.name} types ${JSON.stringify(op)}`);
    this.#typed.push(...typed);
    this.#deleted.push(...deleted);
    tokens.typed(typed);
    tokens.deleted(deleted, true);
    world.coverage.count('yjsEdits');
    if (!this.#provider.wsconnected) world.coverage.count('yjsOfflineEdits');
    this.run(() => {
      let position = 0;
      let caret = 0;
      this.doc.transact(() => {
        for (const part of op) {
          if (typeof part === 'string') {
            this.text.insert(position, part);
            caret = position += part.length;
          } else if (part > 0) position += part;
          else {
            this.text.delete(position, -part);
            caret = position;
          }
        }
      });
      this.#select([caret, caret]);
    });
  }

  /** Selects, without an edit. */
  select(range: Range): void {
    this.run(() => this.#select(range));
  }

  /** Where a state of an awareness says that its caret is, in this text. */
  caretOf(state: Record<string, unknown> | undefined): Range | null {
    const cursor = state?.['cursor'] as { anchor: unknown; head: unknown } | null | undefined;
    if (!cursor) return null;
    const [anchor, head] = [cursor.anchor, cursor.head].map((json) =>
      Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), this.doc),
    );
    return anchor && head ? [anchor.index, head.index] : null;
  }

  freeze(ms: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, this.#stage.world.scheduler.now + ms);
  }

  /** What a browser that keeps Y.Docs would have on its disk. */
  keep(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }

  /** The tab is closed, or dies without having been asked. */
  end(how: 'closed' | 'killed'): void {
    if (how === 'closed') {
      this.run(() => {
        this.#provider.destroy();
        this.doc.destroy();
      });
      this.closed = true;
      return;
    }
    this.closed = true;
    this.#stage.network.cut(this, 'server');
  }

  /** Nobody goes on with what was here. */
  abandon(): void {
    const { tokens } = this.#stage;
    tokens.doubtTyped(this.#typed.filter((letter) => !this.#isLogged(letter)));
    tokens.doubtDeleted(this.#deleted);
  }

  #select([anchor, head]: Range): void {
    const at = (index: number): unknown =>
      JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(this.text, index))) as unknown;
    this.#provider.awareness.setLocalStateField('cursor', { anchor: at(anchor), head: at(head) });
  }

  #isLogged(letter: string): boolean {
    return this.#stage.ledger()?.has(letter) ?? false;
  }

  #globals(): PageGlobals {
    const { world } = this.#stage;
    const { scheduler } = world;
    return {
      now: () => scheduler.now,
      after: (ms, run) => {
        let cancelled = false;
        const cancel = scheduler.after(Math.max(SHORTEST_MS, ms), () => this.#whenAwake(() => cancelled || run()));
        return () => {
          cancelled = true;
          cancel();
        };
      },
      warn: (message) => world.trace(() => `${this.name} is warned: ${message}`),
      error: (message) => world.fail('stumble', `${this.name} stumbled: ${message}`),
    };
  }

  #whenAwake(run: () => void): void {
    if (this.closed) return;
    if (!this.frozen) return this.run(run);
    this.#stage.world.scheduler.at(this.#frozenUntil, () => this.#whenAwake(run));
  }
}

/** What the server takes if the address names none. */
const DEFAULT_ROOT = 'codemirror';
