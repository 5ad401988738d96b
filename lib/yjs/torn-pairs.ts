import * as Y from 'yjs';
import { YjsFault } from './fault.ts';
import type { Incoming } from './incoming.ts';
import { isInsidePair } from './surrogates.ts';

/**
 * Places between two units. Yjs splits items where others begin or end, and where that is inside a surrogate pair, it
 * writes U+FFFD over both halves and tells nobody.
 */
export interface TornPairs {
  /** Items whose first unit was the second half of a pair. */
  readonly starts: ReadonlySet<Y.Item>;
  /** Items whose last unit was the first half of one. */
  readonly ends: ReadonlySet<Y.Item>;
}

/** No pair is torn, as nearly always. */
const none: TornPairs = { starts: new Set(), ends: new Set() };

/**
 * The pairs of the Y.Doc that the update may tear when it is applied: ids of the second halves.
 *
 * A struct that is known already has torn what it tears when it came first. One that still would does not come from an
 * honest client; and as it brings nothing new, nobody else would be told. Throws `YjsFault` 'bad-update' for it.
 */
export function endangeredPairs(store: Y.Doc['store'], incoming: Incoming): Y.ID[] {
  const found: Y.ID[] = [];
  for (const [client, structs] of incoming.sections) {
    const state = Y.getState(store, client);
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue;
      const { origin, rightOrigin, id } = struct;
      const before = found.length;
      if (origin) note(store, origin.client, origin.clock + 1, found);
      if (rightOrigin) note(store, rightOrigin.client, rightOrigin.clock, found);
      if (found.length > before && id.clock < state) {
        throw new YjsFault('bad-update', `The update has another struct at clock ${id.clock} of client ${client}.`);
      }
    }
  }
  for (const [client, ranges] of incoming.deletes) {
    for (const { clock, len } of ranges) {
      note(store, client, clock, found);
      note(store, client, clock + len, found);
    }
  }
  return found;
}

/** Which of the endangered pairs are torn now. */
export function tornPairs(store: Y.Doc['store'], endangered: readonly Y.ID[]): TornPairs {
  if (endangered.length === 0) return none;
  const starts = new Set<Y.Item>();
  const ends = new Set<Y.Item>();
  for (const { client, clock } of endangered) {
    const right = Y.getItem(store, Y.createID(client, clock));
    if (right.id.clock !== clock) continue;
    starts.add(right);
    ends.add(Y.getItem(store, Y.createID(client, clock - 1)));
  }
  return { starts, ends };
}

/** Notes the place before `clock` if it is inside a pair. */
function note(store: Y.Doc['store'], client: number, clock: number, found: Y.ID[]): void {
  const structs = store.clients.get(client);
  if (!structs || clock >= Y.getState(store, client)) return;
  const struct = structs[Y.findIndexSS(structs, clock)];
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
  if (isInsidePair(struct.content.str, clock - struct.id.clock)) found.push(Y.createID(client, clock));
}
