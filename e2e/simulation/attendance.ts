/** The sockets of each client that say hello and are let in. Sockets are told apart by whoever stands on them. */
export class Attendance {
  /** Which socket of each client said hello, or was let in, last. */
  readonly #newest = new Map<string, object>();
  /** Those that said hello, and were neither let in nor ended. */
  readonly #waiting = new Map<string, Set<object>>();

  /** A socket has said hello. */
  knocked(client: string, socket: object): void {
    this.#newest.set(client, socket);
    const waiting = this.#waiting.get(client) ?? new Set();
    this.#waiting.set(client, waiting.add(socket));
  }

  /** A socket was let in. */
  came(client: string, socket: object): void {
    this.#newest.set(client, socket);
    this.left(client, socket);
  }

  left(client: string, socket: object): void {
    this.#waiting.get(client)?.delete(socket);
  }

  /** No other socket of the client has come since this one did, or is just coming. */
  isNewest(client: string, socket: object): boolean {
    const others = [...(this.#waiting.get(client) ?? [])].filter((one) => one !== socket);
    return others.length === 0 && this.#newest.get(client) === socket;
  }
}
