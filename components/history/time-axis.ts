import type { Bucket } from './history-types.ts';

/** How much wider than usual the place of a bucket may be, however long nobody wrote after it, and how much narrower. */
const WIDEST = 6;
const NARROWEST = 0.35;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A piece of the timeline between two places, with who wrote how much in it. Places are 0 … 1. */
export interface Bar {
  from: number;
  to: number;
  edits: readonly (readonly [author: number, count: number])[];
}

/**
 * Where revisions stand on the timeline: by the clock, but with pauses shortened, so that a room that slept for a week still
 * shows its days. Place 0 is before revision 1, place 1 is now.
 */
export interface TimeAxis {
  rev: number;
  placeOf(rev: number): number;
  /** The revision whose place is nearest; 1 at the lowest, 0 only in a room without revisions. */
  revAt(place: number): number;
  /** When the revision at a place came, as nearly as the buckets tell; ms since 1970. */
  timeOf(rev: number): number;
  bars(count: number): Bar[];
  /** Where days begin, the first revision's left out. */
  days(): { place: number; at: number }[];
}

/** `rev`: the newest revision, which may be newer than the last bucket. */
export function timeAxis(buckets: readonly Bucket[], rev: number): TimeAxis {
  const edges = edgesOf(buckets);
  const newest = Math.max(rev, buckets.at(-1)?.last ?? 0);

  /** The bucket that holds what stands at `value`, of edges or revisions that ascend. */
  const find = (isBefore: (index: number) => boolean): number => {
    let low = 0;
    let high = buckets.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const within = (revision: number) => find((index) => (buckets[index]?.last ?? 0) < revision);
  const startOf = (index: number) => edges[index] ?? 0;
  const endOf = (index: number) => edges[index + 1] ?? 1;

  const axis: TimeAxis = {
    rev: newest,
    placeOf(revision) {
      const index = within(revision);
      const bucket = buckets[index];
      if (bucket === undefined || revision >= newest) return revision <= 0 ? 0 : 1;
      if (revision > bucket.last) return 1;
      const share = (revision - bucket.first + 1) / (bucket.last - bucket.first + 1);
      return startOf(index) + Math.max(0, share) * (endOf(index) - startOf(index));
    },
    revAt(place) {
      if (buckets.length === 0) return newest;
      if (place >= 1) return newest;
      const index = find((one) => endOf(one) <= place);
      const bucket = buckets[index];
      if (bucket === undefined) return newest;
      const share = (place - startOf(index)) / (endOf(index) - startOf(index));
      const found = bucket.first - 1 + Math.round(share * (bucket.last - bucket.first + 1));
      return Math.min(newest, Math.max(1, found));
    },
    timeOf(revision) {
      const bucket = buckets[within(revision)];
      if (bucket === undefined) return 0;
      const many = bucket.last - bucket.first;
      const share = many === 0 ? 1 : Math.min(1, Math.max(0, (revision - bucket.first) / many));
      return Math.round(bucket.from + share * (bucket.to - bucket.from));
    },
    bars(count) {
      const shares = Array.from({ length: count }, () => new Map<number, number>());
      for (const [index, { edits }] of buckets.entries()) {
        const start = startOf(index) * count;
        const end = endOf(index) * count;
        for (let bar = Math.floor(start); bar < end && bar < count; bar++) {
          const part = (Math.min(end, bar + 1) - Math.max(start, bar)) / (end - start);
          const sums = shares[bar];
          for (const [author, many] of edits) sums?.set(author, (sums.get(author) ?? 0) + many * part);
        }
      }
      return shares.map((sums, bar) => ({ from: bar / count, to: (bar + 1) / count, edits: [...sums] }));
    },
    days() {
      const found: { place: number; at: number }[] = [];
      for (const [index, bucket] of buckets.entries()) {
        const before = buckets[index - 1];
        const begins = before === undefined ? bucket.from : before.to;
        if (isOtherDay(begins, bucket.from)) found.push({ place: startOf(index), at: bucket.from });
        else if (isOtherDay(bucket.from, bucket.to)) found.push({ place: endOf(index), at: bucket.to });
      }
      return found;
    },
  };
  return axis;
}

/** Where each bucket begins, and 1 at the end: as wide as the time until the next one, within bounds. */
function edgesOf(buckets: readonly Bucket[]): number[] {
  const spans = buckets.map(({ from, to }, index) => (buckets[index + 1]?.from ?? to) - from);
  const usual = spans.toSorted((one, other) => one - other)[Math.floor(spans.length / 2)] ?? 0;
  const widths = spans.map((span) => (usual <= 0 ? 1 : Math.min(WIDEST * usual, Math.max(NARROWEST * usual, span))));
  const all = widths.reduce((sum, width) => sum + width, 0);
  let sum = 0;
  return [0, ...widths.map((width) => (sum += width) / all)];
}

function isOtherDay(one: number, other: number): boolean {
  if (other - one >= DAY_MS) return true;
  return new Date(one).getDate() !== new Date(other).getDate();
}

/** A pause of this length ends a burst of writing, in ms. */
const BURST_PAUSE_MS = 60_000;
/** At most this share of the whole history is one burst. */
const BURST_SHARE = 1 / 20;

/** Where the burst of writing before (`step` −1) or after (1) a revision ends; what Page Up and Page Down go to. */
export function nextBurst(buckets: readonly Bucket[], newest: number, rev: number, step: -1 | 1): number {
  const most = Math.max(1, Math.ceil(newest * BURST_SHARE));
  const ends = buckets.flatMap((bucket, index) => {
    const next = buckets[index + 1];
    return next === undefined || next.from - bucket.to >= BURST_PAUSE_MS ? [bucket.last] : [];
  });
  if (step === 1) return Math.min(newest, rev + most, ends.find((end) => end > rev) ?? newest);
  return Math.max(1, rev - most, ends.findLast((end) => end < rev) ?? 1);
}
