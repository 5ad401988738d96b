/** Collects all garbage. The runner gives benchmarks `--expose-gc`; throws without it, or memory would be a guess. */
export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('Run this with --expose-gc, as `npm run bench` does.');
  globalThis.gc();
}

/** Bytes that this process holds: heap, buffers and WebAssembly, after a collection. */
export function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
