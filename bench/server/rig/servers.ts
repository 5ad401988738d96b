import { cutAllWires } from '../clients/wire.ts';
import type { Peer, PeerServer } from './peer.ts';

/** A server that runs, with the name of whom it is of. */
export interface Running extends PeerServer {
  readonly name: string;
}

/** Starts all of them, does the work, and stops them, whatever happens. Idle ones cost the one that is measured nothing. */
export async function withServers<T>(
  peers: readonly Peer[],
  work: (servers: readonly Running[]) => Promise<T>,
): Promise<T> {
  const servers: Running[] = [];
  try {
    for (const peer of peers) servers.push({ ...(await peer.start()), name: peer.name });
    return await work(servers);
  } finally {
    cutAllWires();
    await Promise.all(servers.map((server) => server.stop()));
  }
}
