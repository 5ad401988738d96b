import * as Y from 'yjs';
import type { ClockRange, Incoming } from './incoming.ts';

/** A stretch of clocks: from `start` up to, and without, `end`. */
interface Stretch {
  start: number;
  end: number;
}

/**
 * Would applying the update make `text` longer by more than `room` units? Text that it brings for other roots counts too,
 * for nobody can tell where it goes until it is there; text that it brings deleted does not.
 */
export function outgrows(store: Y.Doc['store'], text: Y.Text, incoming: Incoming, room: number): boolean {
  let brought = 0;
  for (const stretch of newText(store, incoming)) brought += stretch.end - stretch.start;
  if (brought <= room) return false;

  const deleted = new Map<number, Stretch[]>();
  for (const [client, ranges] of incoming.deletes) deleted.set(client, merged(ranges));
  let grown = 0;
  for (const { client, start, end } of newText(store, incoming)) {
    grown += end - start - overlap(deleted.get(client) ?? [], start, end);
  }
  for (const [client, stretches] of deleted) {
    for (const stretch of stretches) grown -= liveText(store, text, client, stretch);
  }
  return grown > room;
}

/** The stretches of text in the update that are not known yet. */
function* newText(store: Y.Doc['store'], { sections }: Incoming): Generator<Stretch & { client: number }> {
  for (const [client, structs] of sections) {
    const state = Y.getState(store, client);
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const start = Math.max(state, struct.id.clock);
      const end = struct.id.clock + struct.length;
      if (start < end) yield { client, start, end };
    }
  }
}

/** The ranges in order, none touching the next. */
function merged(ranges: readonly ClockRange[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { clock, len } of ranges.toSorted((a, b) => a.clock - b.clock)) {
    const last = stretches.at(-1);
    if (last && clock <= last.end) last.end = Math.max(last.end, clock + len);
    else stretches.push({ start: clock, end: clock + len });
  }
  return stretches;
}

/** How much of `start` … `end` the stretches cover. */
function overlap(stretches: readonly Stretch[], start: number, end: number): number {
  let low = 0;
  for (let high = stretches.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? Infinity) <= start) low = middle + 1;
    else high = middle;
  }
  let covered = 0;
  for (let index = low; index < stretches.length; index++) {
    const stretch = stretches[index];
    if (!stretch || stretch.start >= end) break;
    covered += Math.min(end, stretch.end) - Math.max(start, stretch.start);
  }
  return covered;
}

/** How many units of `text` itself are in the stretch and not deleted yet. */
function liveText(store: Y.Doc['store'], text: Y.Text, client: number, { start, end }: Stretch): number {
  const structs = store.clients.get(client);
  if (!structs || start >= Y.getState(store, client)) return 0;
  let units = 0;
  for (let index = Y.findIndexSS(structs, start); index < structs.length; index++) {
    const struct = structs[index];
    if (!struct || struct.id.clock >= end) break;
    if (struct.deleted || !(struct instanceof Y.Item) || struct.parent !== text || struct.parentSub !== null) continue;
    if (!struct.countable) continue;
    units += Math.min(end, struct.id.clock + struct.length) - Math.max(start, struct.id.clock);
  }
  return units;
}
