import * as Y from 'yjs';
import { Contention } from './contention.ts';
import { YjsFault } from './fault.ts';
import { dependencies, type Incoming, type Struct } from './incoming.ts';
import { Nesting } from './nesting.ts';

/** Root types of a Y.Doc. Yjs looks for a root's name by going through all of them. */
const MOST_ROOTS = 100;

/** One client's structs in the update, and how far they are gone through. */
interface Cursor {
  readonly client: number;
  readonly structs: readonly Struct[];
  next: number;
  /** The clock up to which everything would be known now, and once the whole section is in. */
  state: number;
  readonly end: number;
  /** It waits for another section. */
  waits: boolean;
}

/**
 * Goes through an update from what is depended on to what depends on it, and finds what would make Yjs put a part of it
 * aside, to wait for structs that may never come, or fail in its midst, or take for ever. Changes nothing. Throws `YjsFault`: 'gap', 'bad-update', 'too-many'.
 */
export function checkAdmission(doc: Y.Doc, incoming: Incoming): void {
  const { store } = doc;
  let roots = doc.share.size;
  for (const root of incoming.roots) if (!doc.share.has(root)) roots++;
  if (roots > MOST_ROOTS) throw new YjsFault('too-many', `A Y.Doc has at most ${MOST_ROOTS} root types here.`);

  const cursors = new Map<number, Cursor>();
  for (const [client, structs] of incoming.sections) cursors.set(client, cursorOf(store, client, structs));
  for (const [client, ranges] of incoming.deletes) {
    const end = cursors.get(client)?.end ?? Y.getState(store, client);
    for (const { clock, len } of ranges) if (clock + len > end) throw gap(client, clock + len - 1);
  }
  const nesting = incoming.hasTypes ? new Nesting(store, incoming) : null;
  const contention = new Contention(doc, incoming);
  const enter = (item: Y.Item): void => {
    nesting?.enter(item);
    contention.enter(item);
  };
  for (const cursor of cursors.values()) goThrough(cursor, cursors, store, enter);
}

function cursorOf(store: Y.Doc['store'], client: number, structs: readonly Struct[]): Cursor {
  const state = Y.getState(store, client);
  let end = state;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    if (struct.id.clock > end) throw gap(client, end);
    end = Math.max(end, struct.id.clock + struct.length);
  }
  return { client, structs, next: 0, state, end, waits: false };
}

/** Whoever depends on another section's struct waits until that section is gone through so far, and no farther. */
function goThrough(
  first: Cursor,
  cursors: ReadonlyMap<number, Cursor>,
  store: Y.Doc['store'],
  enter: (item: Y.Item) => void,
): void {
  const stack: { cursor: Cursor; until: number }[] = [{ cursor: first, until: Infinity }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { cursor, until } = top;
    const struct = cursor.structs[cursor.next];
    if (struct === undefined || cursor.state > until) {
      cursor.waits = false;
      stack.pop();
      continue;
    }
    const missing = missingOf(struct, cursors, store);
    if (!missing) {
      if (struct instanceof Y.Item) enter(struct);
      if (!(struct instanceof Y.Skip)) cursor.state = Math.max(cursor.state, struct.id.clock + struct.length);
      cursor.next++;
      continue;
    }
    const other = cursors.get(missing.client);
    if (missing.clock >= (other?.end ?? 0)) throw gap(missing.client, missing.clock);
    cursor.waits = true;
    if (!other || other.waits) throw new YjsFault('bad-update', 'The update has structs that depend on each other.');
    stack.push({ cursor: other, until: missing.clock });
  }
}

function missingOf(struct: Struct, cursors: ReadonlyMap<number, Cursor>, store: Y.Doc['store']): Y.ID | null {
  if (!(struct instanceof Y.Item)) return null;
  for (const id of dependencies(struct)) {
    const state = cursors.get(id.client)?.state ?? Y.getState(store, id.client);
    if (id.clock >= state) return id;
  }
  return null;
}

function gap(client: number, clock: number): YjsFault {
  return new YjsFault('gap', `The update depends on clock ${clock} of client ${client}, which is not here.`);
}
