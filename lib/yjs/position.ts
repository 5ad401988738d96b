import * as Y from 'yjs';
import { isInsidePair } from './surrogates.ts';

/**
 * A place in a Y.Text beside a letter, as JSON, the way y-codemirror.next puts it into `cursor.anchor` and `cursor.head`.
 * `item`: the letter behind it; null is the end of the text.
 */
export interface RelativePositionJson {
  readonly type: null;
  readonly tname: string;
  readonly item: { readonly client: number; readonly clock: number } | null;
  readonly assoc: 0;
}

/** The relative position of `offset`, in units; beyond the text it is its end. */
export function anchorAt(text: Y.Text, root: string, offset: number): RelativePositionJson {
  const { item } = Y.createRelativePositionFromTypeIndex(text, Math.max(0, offset));
  return { type: null, tname: root, item: item && { client: item.client, clock: item.clock }, assoc: 0 };
}

/** Where in the text, in units, an untrusted relative position is. Null if it is malformed, or somewhere else. */
export function offsetOf(store: Y.Doc['store'], text: Y.Text, root: string, json: unknown): number | null {
  if (!isRecord(json)) return null;
  const { item, assoc = 0 } = json;
  if (typeof assoc !== 'number') return null;
  // Not asked of Yjs, which would define a root of any name that it is given.
  if (item === undefined || item === null) return json['tname'] === root ? (assoc < 0 ? 0 : text.length) : null;
  const id = idOf(item);
  if (!id || id.clock >= Y.getState(store, id.client)) return null;
  const found: unknown = Y.getItem(store, id);
  if (!(found instanceof Y.Item) || found.parent !== text || found.parentSub !== null) return null;
  let offset = found.deleted || !found.countable ? 0 : within(found, id.clock - found.id.clock, assoc);
  for (let before = found.left; before !== null; before = before.left) {
    if (!before.deleted && before.countable) offset += before.length;
  }
  return offset;
}

/** The place before the item's unit `at`, or behind it if `assoc` is negative; never inside a pair. */
function within({ content }: Y.Item, at: number, assoc: number): number {
  const place = assoc < 0 ? at + 1 : at;
  return content instanceof Y.ContentString && isInsidePair(content.str, place) ? place - 1 : place;
}

function idOf(value: unknown): Y.ID | null {
  if (!isRecord(value)) return null;
  const { client, clock } = value;
  return isClock(client) && isClock(clock) ? Y.createID(client, clock) : null;
}

function isClock(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
