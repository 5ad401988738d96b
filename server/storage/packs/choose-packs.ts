/** What is known of a pack without opening it. */
export interface PackSize {
  entries: number;
  /** Bytes before they were compressed. */
  size: number;
  isSqueezed: boolean;
}

/** As many entries as one pack has at most: opening the place of one takes some 20 ms then. */
export const MOST_ENTRIES = 2 ** 18;
/** And bytes, before they are compressed: some 5 ms to expand. A single entry may have more. */
export const MOST_SIZE = 1024 * 1024;

/**
 * The first of a room's packs (ascending) that goes into a new one together with all behind it and with `loose` entries;
 * `packs.length` if none does. A pack is written again only for a `share` of new entries at least, so each entry is written
 * a few times in its life, and a long log has few packs, each several times as long as the next.
 */
export function firstToMerge(packs: readonly PackSize[], loose: Omit<PackSize, 'isSqueezed'>, share: number): number {
  let { entries, size } = loose;
  let first = packs.length;
  while (first > 0) {
    const pack = packs[first - 1];
    if (!pack) break;
    const isWorth = pack.entries <= entries * share || !pack.isSqueezed;
    const isTooMuch = entries + pack.entries > MOST_ENTRIES || size + pack.size > MOST_SIZE;
    if (!isWorth || (isTooMuch && entries > 0)) break;
    entries += pack.entries;
    size += pack.size;
    first--;
  }
  return first;
}
