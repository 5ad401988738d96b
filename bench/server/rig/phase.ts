import { eventually } from '../../../e2e/harness/eventually.ts';
import type { Column } from '../../kit/table.ts';
import type { PeerServer } from './peer.ts';
import { typeAtPace } from './pace.ts';
import { cpuOfThreads, residentKib } from './process-meter.ts';
import type { Room } from './room.ts';
import { Traffic } from './traffic.ts';

/** How long stragglers may take after a phase, in ms: the machine may be busy. */
const PATIENCE_MS = 60_000;

export interface PhaseOptions {
  server: PeerServer;
  rooms: readonly Room[];
  /** The first so many of each room type. */
  writers: number;
  /** Characters in a second, all rooms together. */
  perSecond: number;
  ms: number;
}

/** What one phase of typing gave. */
export interface Phase {
  /** From the key to the sockets of the others, in ms. */
  p50: number;
  p95: number;
  p99: number;
  /** CPU ms of the server, all threads, for 1,000 characters that reached a socket each. */
  cpuPer1k: number;
  delivered: number;
  /** CPU ms of the server. */
  cpu: number;
  /** From the first key to the last delivery, in ms. */
  took: number;
  /** Of the server, at the end, in MB of 10^6 bytes. */
  rss: number;
  /** Bytes with framing that writers sent for a character. */
  up: number;
  /** Bytes with framing that those who only read got for a character; NaN if all write. */
  down: number;
  /** Messages that they got for a character. */
  messages: number;
}

/** Lets the writers type for a while and waits until everybody has everything. Rejects if that does not come. */
export async function measurePhase({ server, rooms, writers, perSecond, ms }: PhaseOptions): Promise<Phase> {
  const traffic = new Traffic();
  for (const room of rooms) room.countInto(traffic);
  const writing = rooms.flatMap((room) => room.members.slice(0, writers));
  const reading = rooms.flatMap((room) => room.members.slice(writers));
  const sum = (members: typeof writing, what: 'bytesIn' | 'bytesOut' | 'messagesIn') =>
    members.reduce((total, member) => total + member[what], 0);
  const before = { up: sum(writing, 'bytesOut'), down: sum(reading, 'bytesIn'), messages: sum(reading, 'messagesIn') };
  // One of each room, then the next of each: neighbours in time are not neighbours in a room.
  const typists = Array.from({ length: writers }, (_, index) => rooms.map((room) => () => room.type(index))).flat();
  const cpuBefore = cpuOfThreads(server.pid);
  const began = performance.now();
  await typeAtPace({ typists, perSecond, ms });
  await eventually(
    'everything to arrive',
    () => traffic.delivered === traffic.expected && rooms.every(({ isSettled }) => isSettled),
    PATIENCE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${traffic.delivered} of ${traffic.expected} characters arrived.`, { cause: error });
  });
  const took = performance.now() - began;
  const cpu = cpuOfThreads(server.pid) - cpuBefore;
  const { typed, delivered, toOthers } = traffic;
  const read = (typed * reading.length) / rooms.length;
  return {
    p50: toOthers.percentile(0.5),
    p95: toOthers.percentile(0.95),
    p99: toOthers.percentile(0.99),
    cpuPer1k: (cpu * 1_000) / delivered,
    delivered,
    cpu,
    took,
    rss: (residentKib(server.pid) * 1_024) / 1e6,
    up: (sum(writing, 'bytesOut') - before.up) / typed,
    down: (sum(reading, 'bytesIn') - before.down) / read,
    messages: (sum(reading, 'messagesIn') - before.messages) / read,
  };
}

/** A column that tells one of a phase's numbers. */
export interface PhaseColumn extends Column {
  key: keyof Phase;
}

/** What a row of a table has of its rounds. */
export function figuresOf(rounds: readonly Phase[], columns: readonly PhaseColumn[]): Record<string, number[]> {
  return Object.fromEntries(columns.map(({ key }) => [key, rounds.map((phase) => phase[key])]));
}
