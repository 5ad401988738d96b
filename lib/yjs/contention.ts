import * as Y from 'yjs';
import { YjsFault } from './fault.ts';
import type { Incoming } from './incoming.ts';

/**
 * Items that Yjs may pass in all, looking for the places of an update's items: about half a second. Honest updates take a
 * few thousand, unless people have written much at one place without hearing of each other.
 */
const MOST_STEPS = 1_000_000;

/** What stands right behind one letter, as far as it is certain. */
interface Place {
  /** Null: nothing. Undefined: it depends. */
  next: Y.ID | null | undefined;
  /** The update has put something here. */
  used: boolean;
}

/**
 * Counts how long Yjs will look for the places of an update's items. Where an item's two neighbours still stand side by side
 * it does not look at all; else it passes what others have put between them, and a forged update can make that quadratic:
 * minutes for a few hundred kilobytes. Items are entered after what they depend on. Counts rather too
 * much than too little.
 */
export class Contention {
  readonly #doc: Y.Doc;
  readonly #incoming: Incoming;
  #steps = 0;
  #entered = 0;
  readonly #places = new Map<string, Place>();
  /** Items that stand first in their list: of the update, and of the Y.Doc those that no longer do. */
  readonly #first = new Set<string>();
  readonly #displaced = new Set<string>();
  /** Lists that the update has begun. */
  readonly #begun = new Set<string>();
  /** How much of the Y.Doc lies before items of the update that have nothing on their left. */
  readonly #before = new Map<string, number>();

  constructor(doc: Y.Doc, incoming: Incoming) {
    this.#doc = doc;
    this.#incoming = incoming;
  }

  /** Throws `YjsFault` 'too-many' when it is too much. */
  enter(item: Y.Item): void {
    if (item.id.clock + item.length <= Y.getState(this.#doc.store, item.id.client)) return;
    if (item.origin) this.#enterBehind(item, item.origin);
    else if (item.rightOrigin) this.#enterBefore(item, item.rightOrigin);
    else this.#enterAlone(item);
    this.#entered++;
  }

  #enterBehind(item: Y.Item, origin: Y.ID): void {
    const store = this.#isStored(origin) ? Y.getItem(this.#doc.store, origin) : null;
    let place = this.#places.get(keyOf(origin));
    if (!place) {
      place = { next: store ? nextOf(store, origin) : this.#restOf(origin), used: false };
      this.#places.set(keyOf(origin), place);
    }
    // Behind the end of a new item nobody else can be, whatever is named as the right neighbour.
    const isFree = (!store && place.next === null) || isSame(item.rightOrigin, place.next);
    if (!isFree) {
      if (store) this.#count(this.#siblings(item, store, origin));
      if (place.used || !store) this.#count(this.#entered);
    }
    place.next = isFree ? item.id : undefined;
    place.used = true;
  }

  /** Nothing is on its left, so Yjs looks from the beginning of the list on, unless the right neighbour stands there. */
  #enterBefore(item: Y.Item, rightOrigin: Y.ID): void {
    const right = keyOf(rightOrigin);
    if (this.#first.delete(right)) return void this.#first.add(keyOf(item.id));
    const store = this.#isStored(rightOrigin) ? Y.getItem(this.#doc.store, rightOrigin) : null;
    if (store && store.left === null && store.id.clock === rightOrigin.clock && !this.#displaced.has(right)) {
      this.#displaced.add(right);
      this.#first.add(keyOf(item.id));
      return;
    }
    const before = store ? this.#length(store, 'left') : (this.#before.get(right) ?? 0);
    this.#before.set(keyOf(item.id), before);
    this.#count(this.#entered + before);
  }

  /** It has no neighbours: Yjs passes the whole list. */
  #enterAlone(item: Y.Item): void {
    const parent: unknown = item.parent;
    const list = `${typeof parent === 'string' ? `"${parent}` : parent instanceof Y.ID ? keyOf(parent) : ''}|${item.parentSub}`;
    const start = this.#startOf(parent, item.parentSub);
    if (start === null && !this.#begun.has(list)) {
      this.#begun.add(list);
      this.#first.add(keyOf(item.id));
      return;
    }
    const before = start ? this.#length(start, item.parentSub === null ? 'right' : 'left') : 0;
    this.#before.set(keyOf(item.id), before);
    this.#count(this.#entered + before);
  }

  #startOf(parent: unknown, key: string | null): Y.Item | null {
    let type: unknown = null;
    if (typeof parent === 'string') type = this.#doc.share.get(parent);
    else if (parent instanceof Y.ID && this.#isStored(parent)) {
      const holder: unknown = Y.getItem(this.#doc.store, parent);
      if (holder instanceof Y.Item && holder.content instanceof Y.ContentType) type = holder.content.type;
    }
    if (!(type instanceof Y.AbstractType)) return null;
    return key === null ? type._start : (type._map.get(key) ?? null);
  }

  /** The items that Yjs passes behind `origin`: those put there by others, and what was put behind those. */
  #siblings(item: Y.Item, left: Y.Item, origin: Y.ID): number {
    const isSplit = origin.clock < left.id.clock + left.length - 1;
    const passed = new Set<Y.Item>(isSplit ? [left] : []);
    let steps = 1;
    for (let other = left.right; other && this.#steps + steps <= MOST_STEPS; other = other.right) {
      if (item.rightOrigin && covers(other, item.rightOrigin)) break;
      passed.add(other);
      if (isSame(other.origin, origin)) {
        if (other.id.client > item.id.client && isSame(other.rightOrigin, item.rightOrigin)) break;
      } else if (!other.origin || !passed.has(Y.getItem(this.#doc.store, other.origin))) {
        break;
      }
      steps++;
    }
    return steps;
  }

  /** How many items there are from this one on, to one side. */
  #length(item: Y.Item, side: 'left' | 'right'): number {
    let length = 0;
    for (let next: Y.Item | null = item; next && this.#steps + length <= MOST_STEPS; next = next[side]) length++;
    return length;
  }

  /** What follows in the same new item. */
  #restOf({ client, clock }: Y.ID): Y.ID | null {
    const structs = this.#incoming.sections.get(client) ?? [];
    const struct = structs[this.#incoming.indexOf(client, clock)];
    return struct && clock + 1 < struct.id.clock + struct.length ? Y.createID(client, clock + 1) : null;
  }

  #isStored({ client, clock }: Y.ID): boolean {
    return clock < Y.getState(this.#doc.store, client);
  }

  #count(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= MOST_STEPS) return;
    throw new YjsFault('too-many', 'The update has too much that was written at one place by people who had not met.');
  }
}

/** The id of what stands right behind a letter. */
function nextOf({ id, length, right }: Y.Item, { client, clock }: Y.ID): Y.ID | null {
  return clock + 1 < id.clock + length ? Y.createID(client, clock + 1) : (right?.id ?? null);
}

function covers({ id, length }: Y.Item, { client, clock }: Y.ID): boolean {
  return id.client === client && id.clock <= clock && clock < id.clock + length;
}

function isSame(one: Y.ID | null, other: Y.ID | null | undefined): boolean {
  return other !== undefined && Y.compareIDs(one, other);
}

function keyOf({ client, clock }: Y.ID): string {
  return `${client}:${clock}`;
}
