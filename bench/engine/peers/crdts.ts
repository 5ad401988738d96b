import * as Y from 'yjs';
import { loadPeer } from '../../kit/peer.ts';
import type { Engine } from './algebra.ts';

interface LoroText {
  insert(at: number, text: string): void;
  delete(at: number, length: number): void;
  toString(): string;
}

interface LoroDoc {
  getText(name: string): LoroText;
  commit(): void;
  free(): void;
  export(how: { mode: 'snapshot' }): Uint8Array;
  import(bytes: Uint8Array): unknown;
}

interface AutomergeLibrary {
  from<T extends object>(value: T): T;
  change<T>(doc: T, make: (doc: T) => void): T;
  splice(doc: object, path: string[], at: number, deleted: number, inserted: string): void;
  save(doc: object): Uint8Array;
  load<T>(bytes: Uint8Array): T;
  free(doc: object): void;
}

interface DiamondDoc {
  ins(at: number, text: string): void;
  del(at: number, length: number): void;
  get(): string;
  toBytes(): Uint8Array;
  free(): void;
}

const { LoroDoc } = await loadPeer<{ LoroDoc: new () => LoroDoc }>('loro-crdt');
const automergeLibrary = await loadPeer<AutomergeLibrary>('@automerge/automerge');
const { Doc: DiamondDoc } = await loadPeer<{
  Doc: { new (agent: string): DiamondDoc; fromBytes(bytes: Uint8Array, agent: string): DiamondDoc };
}>('diamond-types-node');

/** A library that keeps the history with the text, what it stores of both, and how it opens that. */
export interface KeepingEngine extends Engine {
  /** All edits one after the other; what is stored. */
  store(edit: (make: (at: number, deleted: number, inserted: string) => void) => void): Uint8Array;
  /** From the stored bytes to the text. */
  read(bytes: Uint8Array): string;
}

export const yjs: KeepingEngine = {
  name: 'Yjs',
  open(text) {
    const doc = new Y.Doc();
    const shared = doc.getText('text');
    if (text !== '') shared.insert(0, text);
    return {
      edit: (at, deleted, inserted) => editYjs(doc, shared, at, deleted, inserted),
      text: () => shared.toJSON(),
      close: () => doc.destroy(),
    };
  },
  store(edit) {
    const doc = new Y.Doc();
    const shared = doc.getText('text');
    edit((at, deleted, inserted) => editYjs(doc, shared, at, deleted, inserted));
    return Y.encodeStateAsUpdateV2(doc);
  },
  read(bytes) {
    const doc = new Y.Doc();
    Y.applyUpdateV2(doc, bytes);
    return doc.getText('text').toJSON();
  },
};

function editYjs(doc: Y.Doc, shared: Y.Text, at: number, deleted: number, inserted: string): void {
  if (deleted > 0 && inserted !== '') {
    doc.transact(() => {
      shared.delete(at, deleted);
      shared.insert(at, inserted);
    });
  } else if (deleted > 0) {
    shared.delete(at, deleted);
  } else {
    shared.insert(at, inserted);
  }
}

export const loro: KeepingEngine = {
  name: 'Loro',
  open(text) {
    const doc = new LoroDoc();
    const shared = doc.getText('text');
    if (text !== '') shared.insert(0, text);
    return {
      edit(at, deleted, inserted) {
        if (deleted > 0) shared.delete(at, deleted);
        if (inserted !== '') shared.insert(at, inserted);
      },
      text: () => shared.toString(),
      close: () => doc.free(),
    };
  },
  store(edit) {
    const doc = new LoroDoc();
    const shared = doc.getText('text');
    edit((at, deleted, inserted) => {
      if (deleted > 0) shared.delete(at, deleted);
      if (inserted !== '') shared.insert(at, inserted);
    });
    doc.commit();
    const bytes = doc.export({ mode: 'snapshot' });
    doc.free();
    return bytes;
  },
  read(bytes) {
    const doc = new LoroDoc();
    doc.import(bytes);
    const text = doc.getText('text').toString();
    doc.free();
    return text;
  },
};

export const automerge: KeepingEngine = {
  name: 'Automerge',
  open(text) {
    let doc = automergeLibrary.from({ text });
    return {
      edit(at, deleted, inserted) {
        doc = automergeLibrary.change(doc, (open) => automergeLibrary.splice(open, ['text'], at, deleted, inserted));
      },
      text: () => doc.text,
      close: () => automergeLibrary.free(doc),
    };
  },
  // One change for all edits, or it would take half a minute: that favours it.
  store(edit) {
    const doc = automergeLibrary.change(automergeLibrary.from({ text: '' }), (open) =>
      edit((at, deleted, inserted) => automergeLibrary.splice(open, ['text'], at, deleted, inserted)),
    );
    const bytes = automergeLibrary.save(doc);
    automergeLibrary.free(doc);
    return bytes;
  },
  read(bytes) {
    const doc = automergeLibrary.load<{ text: string }>(bytes);
    const { text } = doc;
    automergeLibrary.free(doc);
    return text;
  },
};

export const diamondTypes: KeepingEngine = {
  name: 'diamond-types',
  open(text) {
    const doc = new DiamondDoc('author');
    if (text !== '') doc.ins(0, text);
    return {
      edit(at, deleted, inserted) {
        if (deleted > 0) doc.del(at, deleted);
        if (inserted !== '') doc.ins(at, inserted);
      },
      text: () => doc.get(),
      close: () => doc.free(),
    };
  },
  store(edit) {
    const doc = new DiamondDoc('author');
    edit((at, deleted, inserted) => {
      if (deleted > 0) doc.del(at, deleted);
      if (inserted !== '') doc.ins(at, inserted);
    });
    const bytes = doc.toBytes();
    doc.free();
    return bytes;
  },
  read(bytes) {
    const doc = DiamondDoc.fromBytes(bytes, 'reader');
    const text = doc.get();
    doc.free();
    return text;
  },
};
