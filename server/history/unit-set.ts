/** A set of units by their numbers, one bit each, which grows with the largest. */
export class UnitSet {
  #bits = new Uint8Array(1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(unit: number): boolean {
    return ((this.#bits[unit >>> 3] ?? 0) & (1 << (unit & 7))) !== 0;
  }

  add(unit: number): void {
    if (this.has(unit)) return;
    const at = unit >>> 3;
    if (at >= this.#bits.length) {
      const bits = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (unit & 7));
    this.#size++;
  }
}
