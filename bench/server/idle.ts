import { readFileSync } from 'node:fs';
import { pause } from '../../e2e/harness/eventually.ts';
import type { Bench, Report } from '../kit/bench.ts';
import { median } from '../kit/numbers.ts';
import { ratioOf, type Table, valuesOf } from '../kit/table.ts';
import { BARE, PEERS, TANDEM } from './peers/index.ts';
import { createRooms, fillRooms, openRooms } from './rig/open-rooms.ts';
import type { Peer } from './rig/peer.ts';
import { cpuOfThreads, residentKib } from './rig/process-meter.ts';
import type { Room } from './rig/room.ts';
import { type Running, withServers } from './rig/servers.ts';

const ROOMS = 500;
const PEOPLE = 10;
const SOCKETS = ROOMS * PEOPLE;
/** The longest pause between two pings of those that ask everybody at once. Tandem's server asks as many in each second. */
const WINDOW_MS = 30_000;
/** What came with the joins is over: lists of who is here, collections. */
const SETTLE_MS = 1_500;
/** What comes once is over too: each page's first ping, snapshots and hashes of rooms that are no longer written, collections. */
const REST_MS = 30_000;
/** Files of ours that are no sockets. */
const OTHER_FILES = 1_000;

export const bench: Bench = {
  name: 'idle',
  title: '5,000 sockets that do nothing',
  about:
    'In 500 rooms of 10. Memory is what the server’s resident set has grown by since it started, without a forced collection; CPU is that of 30 s in which nobody does anything but answer pings, after 30 s of rest, in which Tandem’s clients ask once, as its own client does, and most of what follows on the joins is done. Tandem’s server asks each of them once in 45 s, a slice after the other, which is as much in any second. Presence, which clients of Yjs tell again every 15 s, is left out. One round.',
  needsBuild: true,
  run,
};

interface Idle {
  name: string;
  kbPerSocket: number;
  joinCpu: number;
  /** Percent of a core. */
  idleCpu: number;
}

async function run(): Promise<Report> {
  const found: Idle[] = [];
  // As many at once as this process may have sockets: idle servers do not disturb each other.
  const together = Math.max(1, Math.floor((filesAllowed() - OTHER_FILES) / SOCKETS));
  for (let first = 0; first < PEERS.length; first += together) {
    found.push(...(await measureIdle(PEERS.slice(first, first + together))));
  }
  const table: Table = {
    title: '5,000 idle sockets',
    columns: [
      { key: 'kbPerSocket', title: 'KB of memory each', base: BARE },
      { key: 'idleCpu', title: 'CPU, % of a core' },
      { key: 'joinCpu', title: 'CPU ms for a join', base: BARE },
    ],
    rows: found.map(({ name, kbPerSocket, idleCpu, joinCpu }) => ({
      name,
      figures: { kbPerSocket: [kbPerSocket], idleCpu: [idleCpu], joinCpu: [joinCpu] },
    })),
    note: 'A ping finds sockets whose other end is gone without a word. Bare ws and ShareDB never ask.',
  };
  return {
    tables: [table],
    bars: [
      {
        what: 'Memory of an idle connection, to bare ws',
        value: ratioOf(table, 'kbPerSocket', TANDEM, BARE),
        unit: ' ×',
        sense: 'at most',
        goal: 1.2,
        must: 1.6,
      },
      {
        what: 'CPU with 5,000 idle connections',
        value: median(valuesOf(table, TANDEM, 'idleCpu')),
        unit: ' %',
        sense: 'at most',
        goal: 0.5,
        obstacle:
          'Each socket is asked once in 45 s, since nothing else finds whose other end is gone, and whoever is shown to the others has to be there. Bare ws and ShareDB do not ask.',
      },
    ],
  };
}

function measureIdle(peers: readonly Peer[]): Promise<Idle[]> {
  return withServers(peers, async (servers) => {
    const filled: { server: Running; rooms: Room[]; kbPerSocket: number; joinCpu: number }[] = [];
    // All at once: what one of them takes is counted by its own process.
    filled.push(...(await Promise.all(servers.map(fill))));
    if (servers.some(({ name }) => name === TANDEM)) await pause(REST_MS);
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

async function fill(server: Running) {
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

/** How many files this process may have open, its sockets among them. */
function filesAllowed(): number {
  return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
}
