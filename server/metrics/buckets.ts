/** A distribution of numbers: how many were at most each bound, as Prometheus counts them, and their sum. Only ever grows. */
export class Buckets {
  /** Ascending; whatever is above the last is counted too. */
  readonly bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > (this.bounds[at] ?? Infinity)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  /** How many fell into each bucket: above the bound before it, and at most its own. One more than there are bounds. */
  get counts(): readonly number[] {
    return this.#counts;
  }
}

/** What was observed between two looks at `counts` of the same buckets. */
export function since(before: readonly number[], now: readonly number[]): number[] {
  return now.map((count, at) => count - (before[at] ?? 0));
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The value that `share` (0 … 1) of the observed ones do not exceed, guessed evenly within its bucket; null if there were
 * none. Above the last bound it is that bound: nothing more is known.
 */
export function quantile(share: number, bounds: readonly number[], counts: readonly number[]): number | null {
  const wanted = total(counts) * share;
  if (wanted === 0) return null;
  let below = 0;
  for (const [at, bound] of bounds.entries()) {
    const here = counts[at] ?? 0;
    if (below + here >= wanted) {
      const from = bounds[at - 1] ?? 0;
      return from + (bound - from) * ((wanted - below) / here);
    }
    below += here;
  }
  return bounds.at(-1) ?? null;
}
