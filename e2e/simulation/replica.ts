import * as Y from 'yjs';
import type { Batch, Entry } from '../../server/storage/storage.ts';
import type { World } from './world.ts';

/**
 * The room's Y.Doc as an unbelieving witness keeps it: built from nothing but the bytes that became durable, in the moment
 * they did. All that Yjs clients are told is compared with it.
 */
export class Replica {
  /** Null before the log names it. */
  root: string | null = null;
  readonly #world: World;
  #doc = new Y.Doc();
  /** The newest entry brought bytes, so that all before it is covered. */
  #covers = true;

  constructor(world: World) {
    this.#world = world;
  }

  /** Nothing is owed to it: its text is the log's. */
  get covers(): boolean {
    return this.#covers;
  }

  /** Is all durable that is in `doc`, and all there that is durable? Deletions aside. */
  equals(doc: Y.Doc): boolean {
    const [ours, theirs] = [this.#doc, doc].map((one) => Y.encodeStateVector(one));
    return Buffer.compare(ours ?? emptyVector, theirs ?? emptyVector) === 0;
  }

  /** A batch names the root. */
  record({ lineage }: Batch): void {
    if (!lineage) return;
    if (this.root !== null) this.#world.fail('P12', `The log names a root twice, now ${lineage.root}.`);
    this.root = lineage.root;
    this.#world.coverage.count('lineages');
  }

  /** An entry became durable, and the log's text is `text` now (P12). */
  commit({ rev, op, yjs }: Entry, text: string): void {
    const { coverage } = this.#world;
    if (!yjs) {
      if (this.root !== null) coverage.count('owedEntries');
      this.#covers = false;
      return;
    }
    coverage.count('yjsEntries');
    if (op.length === 0) coverage.count('identityEntries');
    if (!this.#covers) coverage.count('owedSettled');
    this.#covers = true;
    this.#apply(yjs);
    if (this.root === null) return this.#world.fail('P12', `Revision ${rev} has bytes, and no root is named.`);
    const { pendingStructs, pendingDs } = this.#doc.store;
    if (pendingStructs || pendingDs)
      this.#world.fail('P12', `The bytes of revision ${rev} rest on some that are not there.`);
    if (this.#doc.getText(this.root).toJSON() !== text) {
      this.#world.fail('P12', `With the bytes of revision ${rev} the Y.Doc has another text than the log.`);
    }
  }

  /** The log is replaced by another, of which all is covered. */
  restore(root: string | null, log: readonly Entry[]): void {
    this.root = root;
    this.#doc = new Y.Doc();
    for (const { yjs } of log) if (yjs) this.#apply(yjs);
    this.#covers = true;
  }

  /** A state of revision `rev` is saved, whose text in the log is `text` (P11, P12). */
  saved({ rev, state }: { rev: number; state: Uint8Array }, text: string | undefined): void {
    this.#world.coverage.count('lineageSaves');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    if (doc.store.pendingStructs || doc.store.pendingDs) this.#world.fail('P12', `A saved Y.Doc of ${rev} has holes.`);
    if (this.root === null || doc.getText(this.root).toJSON() !== text) {
      this.#world.fail('P12', `A saved Y.Doc of revision ${rev} has another text than the log.`);
    }
    if (!this.knows(Y.encodeStateVector(doc))) {
      this.#world.fail('P12', `A saved Y.Doc of revision ${rev} has more than the log.`);
    }
  }

  /** Is all durable that somebody with this state vector has? */
  knows(vector: Uint8Array): boolean {
    for (const [client, clock] of Y.decodeStateVector(vector)) {
      if (clock > Y.getState(this.#doc.store, client)) return false;
    }
    return true;
  }

  /** Is all durable that this update brings? */
  has(update: Uint8Array): boolean {
    const { structs, ds } = Y.decodeUpdate(update);
    const { store } = this.#doc;
    for (const { id, length, constructor } of structs) {
      if (constructor !== Y.Skip && id.clock + length > Y.getState(store, id.client)) return false;
    }
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) if (!isDeleted(store, client, clock, len)) return false;
    }
    return true;
  }

  #apply(update: Uint8Array): void {
    this.#doc.transact((transaction) => {
      Y.applyUpdate(this.#doc, update);
      // Else Yjs would tidy up formatting, in a change that is in no entry.
      transaction.local = true;
    });
  }
}

const emptyVector = Uint8Array.of(0);

function isDeleted(store: Y.Doc['store'], client: number, clock: number, length: number): boolean {
  const structs = store.clients.get(client);
  if (!structs || clock + length > Y.getState(store, client)) return false;
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index];
    if (!struct || struct.id.clock >= clock + length) return true;
    if (!struct.deleted) return false;
  }
  return true;
}
