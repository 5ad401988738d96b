import * as Y from 'yjs';
import { YjsFault } from './fault.ts';
import type { Incoming, Struct } from './incoming.ts';

/** How deep types may be nested in each other: Yjs deletes them by recursion. */
const MOST_NESTED = 100;

/** Measures how deep the types of an update come to lie. Items are entered after what they depend on. */
export class Nesting {
  readonly #store: Y.Doc['store'];
  readonly #incoming: Incoming;
  /** How many types each item entered so far lies in; a root does not count. */
  readonly #depths = new Map<Struct, number>();

  constructor(store: Y.Doc['store'], incoming: Incoming) {
    this.#store = store;
    this.#incoming = incoming;
  }

  /** Throws `YjsFault` 'too-many' if it holds a type and lies too deep. */
  enter(item: Y.Item): void {
    const depth = this.#depthOf(item);
    this.#depths.set(item, depth);
    if (depth < MOST_NESTED || !(item.content instanceof Y.ContentType)) return;
    throw new YjsFault('too-many', `The update nests types more than ${MOST_NESTED} deep.`);
  }

  #depthOf({ origin, rightOrigin, parent }: Y.Item): number {
    if (parent instanceof Y.ID) return this.#depthAt(parent) + 1;
    const sibling = origin ?? rightOrigin;
    return sibling ? this.#depthAt(sibling) : 0;
  }

  #depthAt(id: Y.ID): number {
    if (id.clock >= Y.getState(this.#store, id.client)) {
      const struct = this.#incoming.sections.get(id.client)?.[this.#incoming.indexOf(id.client, id.clock)];
      return struct ? (this.#depths.get(struct) ?? 0) : 0;
    }
    let depth = 0;
    for (let item: Y.Item | null = itemAt(this.#store, id); item; depth++) item = parentItem(item);
    return depth - 1;
  }
}

function itemAt(store: Y.Doc['store'], id: Y.ID): Y.Item | null {
  const struct: unknown = Y.getItem(store, id);
  return struct instanceof Y.Item ? struct : null;
}

/** The item that holds the type which this one lies in; null if that is a root. */
function parentItem({ parent }: Y.Item): Y.Item | null {
  return parent instanceof Y.AbstractType ? parent._item : null;
}
