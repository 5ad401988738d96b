import type { RoomClient } from './room.ts';

/** Someone whose server is measured. */
export interface Peer {
  readonly name: string;
  /** Starts its server on a free port of the loopback, in a folder of its own, and waits until it takes sockets. */
  start(): Promise<PeerServer>;
}

export interface PeerServer {
  readonly pid: number;
  readonly port: number;
  /**
   * A fresh room with this text, and nobody in it yet. `letters`: so many of them were typed one by one, at many places. Only
   * servers that keep how a text came about need to know; theirs is of the same length, in another order.
   */
  openRoom(text: string, history?: { letters: number }): Promise<RoomClient>;
  /** Ends the process and removes what it kept. */
  stop(): Promise<void>;
}
