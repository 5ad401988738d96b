/**
 * A room's text as it stands in a welcome: a string of JSON, in bytes. Those who open a large room at the same time, as after a
 * restart, share it. Held weakly, so that it costs nothing when it is not wanted for a while.
 */
export class EncodedText {
  #rev = -1;
  #bytes: WeakRef<Buffer> | null = null;

  /** The text of revision `rev`, which `read` gives if it is not known. Never write into it. */
  at(rev: number, read: () => string): Buffer {
    const known = this.#rev === rev ? this.#bytes?.deref() : undefined;
    if (known !== undefined) return known;
    const bytes = Buffer.from(JSON.stringify(read()), 'utf8');
    this.#rev = rev;
    this.#bytes = new WeakRef(bytes);
    return bytes;
  }
}
