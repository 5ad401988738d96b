import { pause } from '../../../e2e/harness/eventually.ts';
import { createRooms, fillRooms, openRooms } from './open-rooms.ts';
import type { Peer } from './peer.ts';
import { cpuOfThreads, residentKib } from './process-meter.ts';
import type { Room } from './room.ts';
import { type Running, withServers } from './servers.ts';

const ROOMS = 500;
const PEOPLE = 10;
export const SOCKETS = ROOMS * PEOPLE;
/** The longest pause between two pings of those that ask everybody at once. Tandem's server asks as many in each second. */
const WINDOW_MS = 30_000;
/** What came with the joins is over: lists of who is here, collections. */
const SETTLE_MS = 1_500;
/** What comes once is over too: each page's first ping, snapshots and hashes of rooms that are no longer written, collections. */
const REST_MS = 60_000;

/** What idle sockets cost a server. */
export interface Idle {
  name: string;
  kbPerSocket: number;
  /** CPU ms of the server. */
  joinCpu: number;
  /** Percent of a core. */
  idleCpu: number;
}

/** Fills all of these servers at once, since what one takes is counted by its own process, and watches them do nothing. */
export function measureIdle(peers: readonly Peer[]): Promise<Idle[]> {
  return withServers(peers, async (servers) => {
    const filled = await Promise.all(servers.map(fill));
    await pause(REST_MS);
    const before = servers.map(({ pid }) => cpuOfThreads(pid));
    const began = performance.now();
    await pause(WINDOW_MS);
    const ms = performance.now() - began;
    return filled.map(({ server: { name, pid }, rooms, kbPerSocket, joinCpu }, index) => {
      const idleCpu = ((cpuOfThreads(pid) - (before[index] ?? 0)) / ms) * 100;
      for (const room of rooms) room.close();
      return { name, kbPerSocket, joinCpu, idleCpu };
    });
  });
}

async function fill(server: Running): Promise<{
  server: Running;
  rooms: Room[];
  kbPerSocket: number;
  joinCpu: number;
}> {
  // A few first, so that what the code itself takes is no part of what a socket takes.
  const [warm] = await openRooms(server, { rooms: 1, members: PEOPLE });
  await pause(SETTLE_MS);
  const memory = residentKib(server.pid);
  const rooms = await createRooms(server, ROOMS);
  const cpu = cpuOfThreads(server.pid);
  await fillRooms(rooms, PEOPLE);
  await pause(SETTLE_MS);
  const kbPerSocket = ((residentKib(server.pid) - memory) * 1.024) / SOCKETS;
  const joinCpu = (cpuOfThreads(server.pid) - cpu) / SOCKETS;
  return { server, rooms: [...rooms, ...(warm ? [warm] : [])], kbPerSocket, joinCpu };
}
