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
   * A fresh room with this text, and nobody in it yet. Servers that keep how a text came about get one that was made letter by
   * letter, at many places, if that is asked for: of the same length, in another order.
   */
  openRoom(text: string, how?: 'in one piece' | 'letter by letter'): Promise<RoomClient>;
  /** Ends the process and removes what it kept. */
  stop(): Promise<void>;
}
