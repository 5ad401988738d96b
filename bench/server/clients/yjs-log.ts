import * as Y from 'yjs';

/** A character that a client has typed, as Yjs knows it: who typed it, and the how manieth it was of them. */
export interface ItemId {
  client: number;
  clock: number;
}

/** The root that everybody means. */
export const ROOT = 'text';

/**
 * What all members of a room were told. A room of Yjs has the same text for everybody who has the same updates, so what each
 * member needs is to have heard of every character, and what is checked is the text that the updates give.
 */
export class YjsLog {
  readonly #updates: Uint8Array[] = [];

  /** Keeps the update, and says up to which of its characters each client has typed by it. */
  put(update: Uint8Array): { client: number; upTo: number }[] {
    this.#updates.push(update);
    const upTo = new Map<number, number>();
    for (const struct of Y.decodeUpdate(update).structs) {
      const { client, clock } = struct.id;
      upTo.set(client, Math.max(upTo.get(client) ?? 0, clock + struct.length));
    }
    return [...upTo].map(([client, end]) => ({ client, upTo: end }));
  }

  text(): string {
    return textOf(this.#updates);
  }
}

/** The text that updates give, whatever their order. */
export function textOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
  if (doc.store.pendingStructs !== null) throw new Error('Updates are missing.');
  return doc.getText(ROOT).toJSON();
}

/** The state vector of a document that has nothing. */
export const NOTHING = Y.encodeStateVector(new Y.Doc());
