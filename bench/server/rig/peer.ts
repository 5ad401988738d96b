import type { RoomClient } from './room.ts';

/** Someone whose server is measured. */
export interface Peer {
  readonly name: string;
  /** Starts its server on a free port of the loopback, in a folder of its own, and waits until it takes sockets. */
  start(): Promise<PeerServer>;
}

export interface PeerServer {
  readonly pid: number;
  /** A fresh room with this text, and nobody in it yet. */
  openRoom(text: string): Promise<RoomClient>;
  /** Ends the process and removes what it kept. */
  stop(): Promise<void>;
}
