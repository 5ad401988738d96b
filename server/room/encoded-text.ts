/**
 * A room's text as it stands in a welcome: a string of JSON, in bytes. Those who open a large room at the same time, as after a
 * restart, share it. Held while it is wanted, and then weakly, so that it costs nothing when it is not wanted for a while.
 */
export class EncodedText {
  #rev = -1;
  /** Not weak while it is wanted: or any collection of garbage would take it from between two who open the room. */
  #bytes: Buffer | WeakRef<Buffer> | null = null;
  #isWanted = false;

  /** The text of revision `rev`, which `read` gives if it is not known. Never write into it. */
  at(rev: number, read: () => string): Buffer {
    const known = this.#rev === rev ? this.#known() : undefined;
    const bytes = known ?? Buffer.from(JSON.stringify(read()), 'utf8');
    this.#rev = rev;
    this.#bytes = bytes;
    this.#isWanted = true;
    return bytes;
  }

  /** Called now and then: if nobody has asked for it since the last time, it may go. */
  tick(): void {
    if (!this.#isWanted && Buffer.isBuffer(this.#bytes)) this.#bytes = new WeakRef(this.#bytes);
    this.#isWanted = false;
  }

  #known(): Buffer | undefined {
    return this.#bytes instanceof WeakRef ? this.#bytes.deref() : (this.#bytes ?? undefined);
  }
}
