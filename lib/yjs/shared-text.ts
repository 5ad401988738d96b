import * as Y from 'yjs';
import { baseSpan, isClean, isIdentity, lengthChange, type Op } from '../ot/index.ts';
import { checkAdmission } from './admission.ts';
import { settleEffect } from './effect.ts';
import { YjsFault } from './fault.ts';
import { outgrows } from './growth.ts';
import { decodeIncoming } from './incoming.ts';
import { anchorAt, offsetOf, type RelativePositionJson } from './position.ts';
import { checkStateVector } from './state-vector.ts';
import { endangeredPairs, tornPairs } from './torn-pairs.ts';
import { emptyUpdate } from './update.ts';
import { writeOp } from './write-op.ts';

/** What an update did. */
export type Taken =
  /** All of it was here already. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'edit';
      /** Exactly what became of the text; identity if only something else changed. */
      readonly op: Op;
      /** What it brought, and the repairs: for the log and for everybody, the sender too. */
      readonly update: Uint8Array;
      /** It brought something that is no clean text, which is deleted again. */
      readonly repaired: boolean;
    };

/**
 * A Y.Doc with a text under one root name. The text is always clean (P6), and always the one that the ops lead to which
 * `edit` was given and `take` gives. All updates are in format v1.
 *
 * Everything is done by walking items, never through `Y.Text`: so its search markers stay empty, and changes from elsewhere
 * can go through transactions that count as local. (In others, Yjs tidies up formatting in a further transaction of its
 * own, whose bytes would be in no entry of the log.)
 */
export class SharedText {
  readonly #root: string;
  readonly #random: () => number;
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  /** What the latest transaction did. */
  #update = emptyUpdate;
  #spoilt = false;

  private constructor(root: string, updates: Iterable<Uint8Array>, random: () => number) {
    this.#root = root;
    this.#random = random;
    this.#doc = new Y.Doc();
    this.#text = this.#doc.getText(root);
    this.#apply(updates);
    this.#chooseClientId();
    this.#doc.on('update', (update) => {
      this.#update = update;
    });
  }

  /** An empty one. `random`: between 0 and 1; its own client id is made of it. */
  static create(root: string, random: () => number = Math.random): SharedText {
    return new SharedText(root, [], random);
  }

  /**
   * One with all that `updates` bring, which must be everything there ever was. Throws `YjsFault` 'broken' if something
   * is missing between them, or if what they lead to is no clean text.
   */
  static load(root: string, updates: Iterable<Uint8Array>, random: () => number = Math.random): SharedText {
    const shared = new SharedText(root, updates, random);
    const text = shared.toString();
    if (text.length === shared.length && isClean(text)) return shared;
    throw new YjsFault('broken', 'The updates lead to something that is no clean text.');
  }

  /** A change stopped in its midst: the Y.Doc is of no use any more. Throw it away, and load another. */
  get spoilt(): boolean {
    return this.#spoilt;
  }

  /** In UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return this.#text.toJSON();
  }

  /**
   * Makes an edit of its own. Gives the update that brings exactly this; the empty one for identity. Throws a RangeError if
   * the op reaches beyond the text. No boundary of it may be inside a surrogate pair.
   */
  edit(op: Op): Uint8Array {
    this.#assertSound();
    const span = baseSpan(op);
    if (span > this.length) throw new RangeError(`Op reaches to unit ${span} of a text of ${this.length}`);
    if (isIdentity(op)) return emptyUpdate;
    const length = this.length + lengthChange(op);
    this.#transact((transaction) => writeOp(transaction, this.#text, op));
    this.#assertLength(length);
    return this.#update;
  }

  /**
   * Takes an update of a client that may be anybody, all of it or nothing. `room`: by how many units it may make the text
   * longer. Throws `YjsFault`: 'bad-update', 'gap', 'full' or 'too-many' before anything is changed; 'broken', and then it
   * is spoilt, if Yjs stumbles over something that was overlooked.
   */
  take(update: Uint8Array, room: number): Taken {
    this.#assertSound();
    const { store } = this.#doc;
    const incoming = decodeIncoming(update);
    checkAdmission(this.#doc, incoming);
    const endangered = endangeredPairs(store, incoming);
    if (outgrows(store, this.#text, incoming, room)) {
      throw new YjsFault('full', `The update brings more text than there is room for, which is ${room} UTF-16 units.`);
    }
    const length = this.length;
    const { op, repaired } = this.#transact((transaction) => {
      Y.applyUpdate(this.#doc, update);
      return settleEffect(transaction, this.#text, incoming.sections.keys(), tornPairs(store, endangered));
    });
    this.#assertLength(length + lengthChange(op));
    if (incoming.sections.has(this.#doc.clientID)) this.#chooseClientId();
    if (this.#update === emptyUpdate) return { kind: 'nothing' };
    return { kind: 'edit', op, update: this.#update, repaired };
  }

  /** Takes over what the log has: an update that another `edit` or `take` gave. Throws `YjsFault` 'broken'. */
  follow(update: Uint8Array): void {
    this.#assertSound();
    this.#apply([update]);
  }

  /** What is here, for others to tell what is missing. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** What somebody with this state vector lacks; everything, without one. Throws `YjsFault` 'bad-update'. */
  diff(vector?: Uint8Array): Uint8Array {
    if (vector) checkStateVector(vector);
    return Y.encodeStateAsUpdate(this.#doc, vector);
  }

  /** The relative position of `offset`, in units; beyond the text it is its end. */
  anchor(offset: number): RelativePositionJson {
    return anchorAt(this.#text, this.#root, offset);
  }

  /** Where an untrusted relative position is, in units. Null if it is malformed, somewhere else, or beside unknown letters. */
  offset(json: unknown): number | null {
    return offsetOf(this.#doc.store, this.#text, this.#root, json);
  }

  #apply(updates: Iterable<Uint8Array>): void {
    this.#transact(() => {
      for (const update of updates) Y.applyUpdate(this.#doc, update);
    });
  }

  /** Runs one transaction. `#update` is then what it brings: the empty one, the very same array, if nothing was new. */
  #transact<T>(change: (transaction: Y.Transaction) => T): T {
    this.#update = emptyUpdate;
    try {
      const result = this.#doc.transact((transaction) => {
        try {
          return change(transaction);
        } finally {
          transaction.local = true;
        }
      });
      const { pendingStructs, pendingDs } = this.#doc.store;
      if (!pendingStructs && !pendingDs) return result;
    } catch (error) {
      throw this.#spoil(`Yjs stumbled: ${String(error)}.`, error);
    }
    throw this.#spoil('Yjs put a part of the update aside.');
  }

  /** A new one each time, which nobody in the Y.Doc has, so that no letter of before can ever be named twice. */
  #chooseClientId(): void {
    do this.#doc.clientID = Math.floor(this.#random() * 2 ** 32);
    while (this.#doc.store.clients.has(this.#doc.clientID));
  }

  #assertSound(): void {
    if (this.#spoilt) throw new YjsFault('broken', 'This Y.Doc is spoilt, and must be loaded anew.');
  }

  #assertLength(length: number): void {
    if (this.length !== length) throw this.#spoil(`The text has ${this.length} units where ${length} were due.`);
  }

  #spoil(message: string, cause?: unknown): YjsFault {
    this.#spoilt = true;
    return new YjsFault('broken', message, { cause });
  }
}
